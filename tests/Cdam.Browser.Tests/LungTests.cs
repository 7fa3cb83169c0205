using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed class LungTests(BrowserFixture browser)
{
    private const int Findings = 9;
    private const int Views = 3;

    [Fact]
    public async Task Nodule_OfAPhantom_IsExplainedForEveryFindingInThreeViews()
    {
        await using var visit = await browser.OpenAsync("#/lung");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Nodule 1," }).ClickAsync();

        await Expect(page.Locator(".finding")).ToHaveCountAsync(Findings);
        await Expect(page.Locator(".finding canvas")).ToHaveCountAsync(Findings * Views);
        await Expect(page.Locator(".finding").First).ToContainTextAsync("readers: 4.0 on 1 to 5");
        await Expect(page.Locator(".finding", new() { HasText = "diameter" })).ToContainTextAsync("readers: 9.5 mm");
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("lung");

        // The address is enough to see the same.
        await using var other = await browser.OpenAsync(new Uri(page.Url).Fragment);
        await Expect(other.Page.Locator(".finding")).ToHaveCountAsync(Findings);
        Assert.Equal(await page.Locator(".finding .said").AllTextContentsAsync(), await other.Page.Locator(".finding .said").AllTextContentsAsync());
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Scan_WithKeysAlone_IsScrolledAndExplainedAtTheCross()
    {
        await using var visit = await browser.OpenAsync("#/lung");
        var page = visit.Page;
        await page.Locator(".screen canvas").FocusAsync();
        var before = await page.Locator(".slices .number").TextContentAsync();
        await page.Keyboard.PressAsync("PageUp");
        await Expect(page.Locator(".slices .number")).Not.ToHaveTextAsync(before!);
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Findings at" })).ToBeVisibleAsync();
        await Expect(page.Locator(".finding")).ToHaveCountAsync(Findings);
        await Expect(page.GetByText("No readings are known of this place")).ToBeVisibleAsync();
        Assert.Empty(visit.Errors);
    }

    [Theory]
    [InlineData("no volume", "volume.nrrd: is no NRRD file")]
    [InlineData("NRRD0004\ntype: float\ndimension: 3\n\n", "volume.nrrd: type is float; must be short")]
    [InlineData("NRRD0004\ntype: short\ndimension: 3\nsizes: 2 2 2\nspacings: 1 1 1\nencoding: raw\n\n1234", "holds 4 bytes of voxels; its sizes need 16")]
    public async Task Volume_ThatBreaksARule_IsRefusedBesideItsField(string content, string message)
    {
        await using var visit = await browser.OpenAsync("#/lung");
        await visit.Page.Locator("#volume-file").SetInputFilesAsync(
            new FilePayload { Name = "volume.nrrd", MimeType = "application/octet-stream", Buffer = Encoding.ASCII.GetBytes(content) });

        await Expect(visit.Page.Locator(".upload").GetByRole(AriaRole.Alert)).ToContainTextAsync(message);
    }

    [Fact]
    public async Task Volume_WhoseAxesRunBackwards_IsTurnedAsModelsKnowIt()
    {
        await using var visit = await browser.OpenAsync("#/lung");
        var voxels = await visit.Page.EvaluateAsync<int[]>("""
            async () => {
              const { readNrrd } = await import('/lung/nrrd.js');
              const header = 'NRRD0004\ntype: short\ndimension: 3\nspace: right-anterior-superior\nsizes: 2 2 1\n'
                + 'space directions: (1,0,0) (0,-2,0) (0,0,3)\nendian: little\nencoding: raw\n\n';
              const bytes = new Uint8Array([...new TextEncoder().encode(header), 1, 0, 2, 0, 3, 0, 4, 0]);
              return [...(await readNrrd('a.nrrd', bytes)).voxels];
            }
            """);

        // To the right becomes to the left; to the back it runs already.
        Assert.Equal([2, 1, 4, 3], voxels);
    }
}
