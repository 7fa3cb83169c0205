using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed class ConceptsTests(BrowserFixture browser)
{
    private static readonly string[] Pictures = ["000000.png", "000003.png", "000004.png", "000005.png"];

    [Fact]
    public async Task Concept_OfDroppedImages_IsMadeJudgedExplainedWithAndDeleted()
    {
        await using var visit = await browser.OpenAsync("#/concepts");
        var page = visit.Page;
        var name = $"browser-{Guid.NewGuid():N}"[..20];
        await page.Locator("#concept-id").FillAsync(name);
        await page.Locator("#concept-files").SetInputFilesAsync(Pictures.Select(Sample));
        await Expect(page.GetByText("4 images")).ToBeVisibleAsync();
        await page.Locator("#concept-id").PressAsync("Enter");

        var shown = page.GetByRole(AriaRole.Region, new() { Name = name });
        await Expect(shown.GetByText("Self-similarity")).ToBeVisibleAsync();
        await Expect(shown.Locator(".samples").First.Locator("li")).ToHaveCountAsync(Pictures.Length);
        await Expect(shown.Locator(".samples").First).ToContainTextAsync(".png");
        await page.Locator("#explained-file").SetInputFilesAsync(Sample(Pictures[0]));
        await Expect(page.Locator("figure canvas")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "In Explain" })).ToHaveAttributeAsync("href", $"#/explain?model=scenes&targets=concept:{name}");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("concept");

        await shown.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).PressAsync("Enter");
        await Expect(shown).ToBeVisibleAsync();
        await shown.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(page.GetByText("Deleted.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name })).ToHaveCountAsync(0);
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Image_ThatIsNone_IsNamedWhereItIsListed()
    {
        await using var visit = await browser.OpenAsync("#/concepts");
        var page = visit.Page;
        await page.Locator("#concept-id").FillAsync("unmade");
        await page.Locator("#concept-files").SetInputFilesAsync([Sample(Pictures[0]), Sample(Pictures[1])]);
        await page.Locator("#concept-files").SetInputFilesAsync(new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the concept" }).ClickAsync();

        await Expect(page.Locator(".images li", new() { HasText = "notes.png" }).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(page.Locator(".images li", new() { HasText = Pictures[0] }).GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    private static string Sample(string name) => Repository.PathOf("gateway", "Cdam.Gateway", "wwwroot", "samples", name);
}
