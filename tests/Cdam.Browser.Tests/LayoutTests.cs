using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

/// <summary>Tabs that hold forms and scans, on a phone and a laptop, in both colours.</summary>
[Collection(SharedBrowser.Name)]
public sealed class LayoutTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("concepts", ColorScheme.Dark, 390, "form")]
    [InlineData("lung", ColorScheme.Dark, 390, ".screen canvas")]
    [InlineData("benchmarks", ColorScheme.Dark, 390, "form")]
    [InlineData("concepts", ColorScheme.Light, 1280, "form")]
    [InlineData("lung", ColorScheme.Light, 1280, ".screen canvas")]
    [InlineData("benchmarks", ColorScheme.Light, 1280, "form")]
    public async Task Tab_InAnyColoursAndWidth_IsAccessibleAndFits(string tab, ColorScheme colours, int width, string shown)
    {
        await using var visit = await browser.OpenAsync(
            $"#/{tab}", new BrowserNewContextOptions { ColorScheme = colours, ViewportSize = new ViewportSize { Width = width, Height = 844 } });
        await Expect(visit.Page.Locator(shown)).ToBeVisibleAsync();

        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync($"{tab}-{colours}-{width}".ToLowerInvariant());
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window");
        Assert.Empty(visit.Errors);
    }
}
