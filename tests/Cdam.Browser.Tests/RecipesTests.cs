using System.Runtime.InteropServices;
using System.Text.Json;
using Cdam.Browser.Tests.Pasting;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.Playwright;

namespace Cdam.Browser.Tests;

/// <summary>What the page offers to copy does what the page did.</summary>
[Collection(SharedBrowser.Name)]
public sealed class RecipesTests(BrowserFixture browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_PastedIntoAShell_GiveTheScoresOfThePage()
    {
        await using var visit = await browser.OpenAsync("#/explain?sample=cross-star&targets=14,4&methods=cdam,smooth-cdam&samples=4&noise=0.1&seed=3");
        await visit.MapsAsync(4);
        var shown = await ShownAsync(visit.Page);
        Assert.Equal([196, 196, 196, 196], shown.Select(scores => scores.Length));
        Assert.NotEqual(shown[0], shown[2]);
        await visit.Page.GetByText("The same from a terminal").ClickAsync();
        await visit.ScreenshotAsync("explain-recipes");

        using var shell = new PastedShell();
        await shell.RunAsync(await CopyAsync(visit.Page, "The picture"));
        await shell.RunAsync(await CopyAsync(visit.Page, "Command line"));
        var answer = await shell.RunAsync(await CopyAsync(visit.Page, "curl"));
        await shell.RunAsync(await CopyAsync(visit.Page, "gRPC (grpcurl)"));

        // The same call to the same server: not a bit of a score depends on the way to it.
        var called = await CalledAsync(shell);
        Assert.Equal(called, ScoresOf(JsonDocument.Parse(answer).RootElement.GetProperty("maps")));
        Assert.Equal(called, WrittenBy(shell));
        AssertAlike(called, shown);
    }

    // The page asks for the heads' parts, too, which are added up in another order: float32 rounds a sum of a few parts by some 1e-7 of the
    // largest.
    private static void AssertAlike(float[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
        {
            var most = one.Max(Math.Abs);
            Assert.Equal(one.Length, other.Length);
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * most));
        }
    }

    /// <summary>Presses the button, and takes what the clipboard has then.</summary>
    private static async Task<string> CopyAsync(IPage page, string title)
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Copy: {title}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".code", new() { HasText = title }).GetByText("Copied").First).ToBeVisibleAsync();
        return await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
    }

    private static async Task<float[][]> ShownAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Scores as JSON" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        return ScoresOf((await JsonDocument.ParseAsync(file, default, Cancellation)).RootElement);
    }

    private static float[][] ScoresOf(JsonElement maps) =>
        [.. maps.EnumerateArray().Select(map => map.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle()).ToArray())];

    /// <summary>The raw scores that the command line wrote, in the order of its JSON file.</summary>
    private static float[][] WrittenBy(PastedShell shell)
    {
        var summary = Directory.GetFiles(shell.PathOf("out"), "explanation.json", SearchOption.AllDirectories).Single();
        var maps = JsonDocument.Parse(File.ReadAllBytes(summary)).RootElement.GetProperty("maps");
        return [.. maps.EnumerateArray().Select(map => Numbers(Path.Combine(Path.GetDirectoryName(summary)!, $"{map.GetProperty("file").GetString()}.npy")))];
    }

    // Format 1.0: magic, version and length take ten bytes.
    private static float[] Numbers(string npy)
    {
        var bytes = File.ReadAllBytes(npy);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8))).ToArray();
    }

    /// <summary>Makes the call that grpcurl was told to make: its input is JSON of the message, unknown fields refused.</summary>
    private static async Task<float[][]> CalledAsync(PastedShell shell)
    {
        var arguments = await File.ReadAllLinesAsync(shell.PathOf("grpcurl.arguments"), Cancellation);
        Assert.Equal(["-plaintext", "-d", "@", arguments[3], "cdam.v1.ExplainerService/Explain"], arguments);
        var request = JsonParser.Default.Parse<ExplainRequest>(await File.ReadAllTextAsync(shell.PathOf("grpcurl.input"), Cancellation));
        using var channel = GrpcChannel.ForAddress($"http://{arguments[3]}");
        var answer = await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(request, cancellationToken: Cancellation);
        return [.. answer.Maps.Select(map => map.Scores.ToArray())];
    }
}
