using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed class StatusTests(BrowserFixture browser)
{
    [Fact]
    public async Task Status_OfWhatIsServed_NamesModelsPoolsMethodsAndVersion()
    {
        await using var visit = await browser.OpenAsync("#/status");
        var page = visit.Page;

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Models" }).Locator("tbody tr")).ToContainTextAsync(
            ["nodule-biomarkers", "nodule-malignancy", "scenes", "scenes-concepts"]);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Pools" }).Locator("tbody tr")).ToContainTextAsync(["evaluators", "explainers"]);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Pools" }).Locator("tbody tr").Last.Locator("td").Nth(1)).ToHaveTextAsync("1");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Methods" }).Locator("tbody tr")).ToHaveCountAsync(11);
        await Expect(page.GetByText("Explainers take calls.")).ToBeVisibleAsync();
        await Expect(page.GetByText("at explainers, those that wait for a device included")).ToBeVisibleAsync();
        await Expect(page.GetByText("Benchmark sessions: ")).ToBeVisibleAsync();
        await Expect(page.GetByText("of the gateway.")).ToContainTextAsync("Version 0.1.0");
        Assert.Empty(visit.Errors);
    }
}
