using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

/// <summary>Everything can be done without a pointer.</summary>
[Collection(SharedBrowser.Name)]
public sealed class KeyboardTests(BrowserFixture browser)
{
    // The page has fewer places than this.
    private const int MostPlaces = 60;

    [Fact]
    public async Task Explain_WithKeysAlone_TakesASampleAClassAndReadsAToken()
    {
        await using var visit = await browser.OpenAsync();
        await visit.MapsAsync(2);

        await TabToAsync(visit.Page, "button:has(img[alt='A cross and a dotted star'])");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("figcaption").First).ToContainTextAsync("star");
        await TabToAsync(visit.Page, "label.class:nth-of-type(3) input");
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.MapsAsync(3);
        await TabToAsync(visit.Page, ".frame");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.Keyboard.PressAsync("ArrowDown");

        await Expect(visit.Page.GetByText("Token in row 2 of 14, column 2 of 14")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".reading tbody tr").Last).ToContainTextAsync("Attention of [CLS]");
        Assert.Equal(3 + 1, await visit.Page.Locator(".reading tbody tr").CountAsync());
        Assert.Equal(2 + 4, await visit.Page.Locator(".reading thead th").CountAsync());
        await visit.ScreenshotAsync("explain-token");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Bar_WithKeysAlone_OpensATabAndSkipsToItsContent()
    {
        await using var visit = await browser.OpenAsync();
        await TabToAsync(visit.Page, "nav a[href='#/status']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Status", Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("nav a[aria-current]")).ToHaveTextAsync("Status");

        await visit.Page.Locator(".skip").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        await Expect(visit.Page).ToHaveTitleAsync("Status · CDAM");
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < MostPlaces; i++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} is not among the first {MostPlaces} places that Tab comes to");
    }
}
