using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cdam.Browser.Tests;

[Collection(SharedBrowser.Name)]
public sealed partial class ExplainTests(BrowserFixture browser)
{
    [Fact]
    public async Task Sample_OnOpening_IsExplainedForTheTwoLikeliestClasses()
    {
        await using var visit = await browser.OpenAsync();
        await visit.MapsAsync(2);

        await Expect(visit.Page.Locator("figcaption")).ToContainTextAsync(["crescent", "gear"]);
        await Expect(visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "crescent" })).ToBeCheckedAsync();
        var (orange, blue) = await ColoursAsync(visit.Page.Locator("canvas").First);
        Assert.True(orange > 0 && blue > 0, $"{orange} orange pixels and {blue} blue ones");
        await visit.ScreenshotAsync("explain");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Settings_Chosen_StandInTheAddressAndCanBeShared()
    {
        await using var visit = await browser.OpenAsync("#/explain?sample=cross-star&methods=cdam");
        await visit.MapsAsync(2);
        await visit.Page.GetByLabel("Contrast").SelectOptionAsync(new SelectOptionValue { Label = "star rather than cross" });
        await visit.MapsAsync(3);
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "GradCAM", Exact = true }).CheckAsync();
        await visit.MapsAsync(6);
        await visit.Page.GetByLabel("Opacity").FillAsync("0.5");
        await Expect(visit.Page).ToHaveURLAsync(Shared());

        await using var other = await browser.OpenAsync(new Uri(visit.Page.Url).Fragment);
        await other.MapsAsync(6);
        Assert.Equal(await PixelsAsync(visit.Page), await PixelsAsync(other.Page));
        await visit.ScreenshotAsync("explain-contrast");
        Assert.Empty(visit.Errors);
    }

    [Fact]
    public async Task Contrast_OfTwoClasses_IsTheDifferenceOfTheirScores()
    {
        await using var visit = await browser.OpenAsync("#/explain?sample=cross-star&targets=4,14&methods=cdam&contrast=14,4");
        await visit.MapsAsync(3);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Scores as JSON" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        var maps = (await JsonDocument.ParseAsync(file, default, TestContext.Current.CancellationToken)).RootElement
            .EnumerateArray().Select(map => map.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble()).ToArray()).ToArray();

        Assert.Equal([196, 196, 196], maps.Select(map => map.Length));
        Assert.Equal(maps[1].Zip(maps[0], (star, cross) => star - cross), maps[2]);
        Assert.Contains(maps[2], score => score != 0);
    }

    [Fact]
    public async Task File_ThatIsNoPicture_IsRefusedBesideThePicture()
    {
        await using var visit = await browser.OpenAsync();
        await visit.MapsAsync(2);
        await visit.Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });

        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Picture" }).GetByRole(AriaRole.Alert)).ToContainTextAsync("The picture file begins with");
        await Expect(visit.Page.Locator("canvas")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".class")).ToHaveCountAsync(0);
        await visit.AssertAccessibleAsync();
        await visit.ScreenshotAsync("explain-no-picture");

        await visit.Page.Locator("#file").SetInputFilesAsync(Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg"));
        await visit.MapsAsync(2);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Work_CalledOff_SaysSoAndCanBeTriedAgain()
    {
        await using var visit = await browser.OpenAsync();
        await visit.MapsAsync(2);

        // Long enough to be called off: a thousand noisy pictures, each through the whole network.
        await visit.Page.GotoAsync(new Uri(new Uri(browser.Address), "/#/explain?methods=smooth-grad&samples=1000").ToString());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(visit.Page.GetByText("Cancelled")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();
    }

    [GeneratedRegex("sample=cross-star&model=scenes&methods=cdam,gradcam&contrast=14,4&opacity=0.5$")]
    private static partial Regex Shared();

    private static Task<string> PixelsAsync(IPage page) =>
        page.EvaluateAsync<string>("() => [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join()");

    /// <summary>Pixels of the two hues of the paper, strong ones.</summary>
    private static async Task<(int Orange, int Blue)> ColoursAsync(ILocator canvas)
    {
        var counts = await canvas.EvaluateAsync<int[]>("""
            canvas => {
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const counts = [0, 0];
              for (let at = 0; at < data.length; at += 4) {
                counts[0] += data[at] > 1.4 * data[at + 1] && data[at + 1] > 2 * data[at + 2];
                counts[1] += data[at + 2] > 2 * data[at] && data[at + 1] > 1.5 * data[at];
              }
              return counts;
            }
            """);
        return (counts[0], counts[1]);
    }
}
