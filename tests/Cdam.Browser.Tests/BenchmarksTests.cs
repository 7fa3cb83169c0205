using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed class BenchmarksTests(BrowserFixture browser)
{
    [Fact]
    public async Task Session_Started_FillsIsReturnedToAndReported()
    {
        await using var visit = await browser.OpenAsync("#/benchmarks");
        var page = visit.Page;
        await page.Locator("#bench-model").SelectOptionAsync("models/scenes");
        await page.Locator("#bench-limit").FillAsync("2");
        await page.Locator("#bench-limit").PressAsync("Enter");
        await Expect(page.Locator(".session")).ToContainTextAsync("done. 2 of 2 images");
        await Expect(page.Locator(".session tbody tr")).ToContainTextAsync(["CDAM", "Attention map"]);
        await Expect(page.Locator(".session .chart").First.Locator("svg[role=img] polyline")).ToHaveCountAsync(2);
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("benchmark");

        await page.ReloadAsync();
        await Expect(page.Locator(".session")).ToContainTextAsync("done. 2 of 2 images");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.StartsWith("position,", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Session_OfAFolderThatIsNotThere_IsRefusedInTheForm()
    {
        await using var visit = await browser.OpenAsync("#/benchmarks");
        await visit.Page.Locator("#bench-set").SelectOptionAsync("folder");
        await visit.Page.Locator("#bench-path").FillAsync("nowhere/photos");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Form, new() { Name = "New session" }).GetByRole(AriaRole.Alert)).ToContainTextAsync("nowhere");
    }

    [Fact]
    public async Task Session_LongerThanPatience_IsCancelled()
    {
        await using var visit = await browser.OpenAsync("#/benchmarks");
        var page = visit.Page;
        await page.Locator("#bench-limit").FillAsync("1000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" }).ClickAsync();

        await Expect(page.Locator(".session")).ToContainTextAsync("cancelled.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" })).ToBeHiddenAsync();
    }
}
