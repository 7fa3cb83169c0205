using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

/// <summary>What the maps say of a token, and what is said beside them.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ReadingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Token_WhoseReadingComesToLieOverIt_StaysRead()
    {
        await using var visit = await browser.OpenAsync(
            "#/explain?sample=cross-star&methods=cdam,gradcam", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 700 } });
        await visit.MapsAsync(4);
        var map = (await visit.Page.Locator(".frame").First.BoundingBoxAsync())!;
        await visit.Page.EvaluateAsync("top => scrollTo(0, top)", map.Y - 300);
        await visit.Page.Mouse.MoveAsync(map.X + map.Width / 2, 560);

        await Expect(visit.Page.Locator(".reading table")).ToBeVisibleAsync();
        var reading = (await visit.Page.Locator(".reading").BoundingBoxAsync())!;
        Assert.InRange(560, reading.Y, reading.Y + reading.Height);
        await visit.Page.Mouse.MoveAsync(5, 5);
        await Expect(visit.Page.Locator(".reading table")).ToBeVisibleAsync();

        await visit.Page.Locator(".reading").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(visit.Page.Locator(".reading table")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".marker:visible")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Contrast_OfMapsCutOffAtZero_SaysWhatItMeansThere()
    {
        await using var visit = await browser.OpenAsync("#/explain?sample=cross-star&targets=14,4&methods=cdam,gradcam,relevance-propagation,attention&contrast=14,4");
        await visit.MapsAsync(10);

        await Expect(visit.Page.Locator(".method > p")).ToHaveTextAsync(
            ["GradCAM leaves out what speaks against a class. Its contrast says where one map is the stronger: cyan-blue is more for cross than for star, not against star.",
             "Relevance propagation leaves out what speaks against a class. Its contrast says where one map is the stronger: cyan-blue is more for cross than for star, not against star."]);
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("explain-cut-off");
        await visit.Page.GetByLabel("Contrast").SelectOptionAsync("none");
        await visit.MapsAsync(7);
        await Expect(visit.Page.Locator(".method > p")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Parameter_ThatIsNoNumber_IsRefusedInItsField()
    {
        await using var visit = await browser.OpenAsync("#/explain?methods=smooth-cdam&samples=2");
        await visit.MapsAsync(2);
        var field = visit.Page.GetByLabel("Samples or steps");
        await field.FillAsync("many");
        await field.PressAsync("Enter");

        Assert.Equal("“many” is no number.", await field.EvaluateAsync<string>("field => field.validationMessage"));
        Assert.Contains("samples=2", visit.Page.Url, StringComparison.Ordinal);
    }
}
