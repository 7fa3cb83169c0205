using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

/// <summary>Whoever leaves a tab finds it as it was.</summary>
[Collection(SharedBrowser.Name)]
public sealed class ReturnTests(BrowserFixture browser)
{
    [Fact]
    public async Task Explain_OfOnesOwnPicture_IsThereAgain()
    {
        await using var visit = await browser.OpenAsync("#/explain?methods=cdam,attention");
        await visit.MapsAsync(3);
        await visit.Page.Locator("#file").SetInputFilesAsync(Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg"));
        await Expect(visit.Page).ToHaveURLAsync(new Uri(new Uri(browser.Address), "/#/explain?sample=own&model=scenes&methods=cdam,attention").ToString());
        await visit.MapsAsync(3);
        var classes = await visit.Page.Locator(".class").AllInnerTextsAsync();
        await LeaveAndReturnAsync(visit.Page, "Explain");
        await visit.MapsAsync(3);

        Assert.Equal(classes, await visit.Page.Locator(".class").AllInnerTextsAsync());

        // Elsewhere the address alone is not enough, and says so.
        await using var other = await browser.OpenAsync(new Uri(visit.Page.Url).Fragment);
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a picture that only its visitor has");
        await other.Page.GetByRole(AriaRole.Checkbox, new() { Name = "GradCAM", Exact = true }).CheckAsync();
        await other.Page.Locator("button.sample").First.ClickAsync();
        await other.MapsAsync(5);
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.Empty(other.Errors);
    }

    [Fact]
    public async Task Concept_HalfMade_IsThereAgain()
    {
        await using var visit = await browser.OpenAsync("#/concepts");
        await visit.Page.Locator("#concept-id").FillAsync("half-made");
        await visit.Page.Locator("#concept-model").SelectOptionAsync("models/scenes-concepts");
        await visit.Page.Locator("#concept-files").SetInputFilesAsync(Repository.PathOf("gateway", "Cdam.Gateway", "wwwroot", "samples", "000000.png"));
        await LeaveAndReturnAsync(visit.Page, "Concepts");

        await Expect(visit.Page.Locator("#concept-id")).ToHaveValueAsync("half-made");
        await Expect(visit.Page.Locator("#concept-model")).ToHaveValueAsync("models/scenes-concepts");
        await Expect(visit.Page.GetByText("1 image", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Scan_OfOnesOwn_IsThereAgain()
    {
        await using var visit = await browser.OpenAsync("#/lung");
        await visit.Page.Locator("#volume-file").SetInputFilesAsync(
            Repository.PathOf("gateway", "Cdam.Gateway", "wwwroot", "samples", "lung", "LIDC-IDRI-0004-7be4aada-01.nrrd"));
        var title = visit.Page.GetByRole(AriaRole.Heading, new() { Name = "LIDC-IDRI-0004-7be4aada-01.nrrd" });
        await Expect(title).ToBeVisibleAsync();
        await visit.Page.Locator("#window").SelectOptionAsync("bone");
        await Expect(visit.Page.Locator(".window")).ToContainTextAsync("1800 HU");
        await LeaveAndReturnAsync(visit.Page, "Lung CT");

        await Expect(title).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("input[name=patient]:checked")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Session_ThatIsFollowed_IsThereAgainAndNoneIsStartedOfNothing()
    {
        await using var visit = await browser.OpenAsync("#/benchmarks");
        await visit.Page.Locator("#bench-limit").FillAsync("1");
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "CDAM", Exact = true }).UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Attention map" }).UncheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose at least one of the methods.");

        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "GradCAM" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(visit.Page.Locator(".session")).ToContainTextAsync("done. 1 of 1 images");
        await LeaveAndReturnAsync(visit.Page, "Benchmarks");

        await Expect(visit.Page.Locator(".session tbody tr")).ToContainTextAsync(["GradCAM"]);
        await Expect(visit.Page.Locator("#bench-limit")).ToHaveValueAsync("1");
        Assert.Empty(visit.Errors);
    }

    private static async Task LeaveAndReturnAsync(IPage page, string tab)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Status" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Status", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = tab, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = tab, Exact = true })).ToBeVisibleAsync();
    }
}
