using System.Text.Json;
using System.Text.RegularExpressions;
using Cdam.Attribution.Models;

namespace Cdam.System.Tests;

public sealed partial class CommandTests
{
    [Fact]
    public async Task Verify_OfTheReferenceFolder_PassesAndLeavesNothingOut()
    {
        var result = await CommandLine.Cdam("verify", Repository.PathOf("tests", "reference"), "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        Assert.True(report.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(4, report.RootElement.GetProperty("cases").GetArrayLength());
        Assert.Empty(report.RootElement.GetProperty("uncovered").EnumerateArray());
        var names = report.RootElement.GetProperty("cases")[0].GetProperty("arrays").EnumerateArray().Select(array => array.GetProperty("name").GetString()).ToList();
        Assert.Empty(((string[])["cdam", "relevance_propagation", "partial_lrp", "gradcam", "smooth_cdam_block_input", "weights:lightning.ckpt", "blurred", "curve_mif", "a_lif_mif"]).Except(names));
        Assert.Empty(((string[])["input_x_gradient", "integrated_gradients", "smooth_gradient", "curve_box", "a_box", "a_delta_box"]).Except(names));
    }

    [Fact]
    public async Task Verify_OnADeviceThatIsNotThere_SaysHowManyThereAre()
    {
        var result = await CommandLine.Cdam("verify", Repository.PathOf("tests", "reference"), "--device", "cuda:99");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("device is \"cuda:99\"; this process sees [0-9]+ CUDA devices", result.Error);
    }

    [Fact]
    public async Task Verify_OfAlteredValues_FailsWithExitCodeOne()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "reference", "dino-linear")))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        var path = Path.Combine(folder.Path, "case.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"target\": 1", "\"target\": 3", StringComparison.Ordinal));
        var result = await CommandLine.Cdam("verify", folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAILED", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfPictures_WritesMapsScoresAndSummary()
    {
        using var folder = new TemporaryFolder();
        var model = SmallModel(folder);
        var output = Path.Combine(folder.Path, "out");
        var sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
        var result = await CommandLine.Cdam(
            "explain", sample, sample, "--model", model, "--target", "top:2", "--method", "cdam,smooth-cdam,attention", "--samples", "3", "--heads", "--out", output);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("random weights", result.Error, StringComparison.Ordinal);
        foreach (var stem in (string[])["still-life", "still-life-2"])
        {
            var picture = Path.Combine(output, stem);
            Assert.Equal(5, Directory.GetFiles(picture, "*.overlay.png").Length);
            Assert.Equal(5, Directory.GetFiles(picture, "*.heat.png").Length);
            var scores = File.ReadAllBytes(Directory.GetFiles(picture, "cdam.*.npy").First(name => !name.Contains("heads", StringComparison.Ordinal)));
            Assert.Equal(128 + 16 * 4, scores.Length); // a 4 × 4 grid of float32 behind a header of two 64-byte units
            using var summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(picture, "explanation.json")));
            Assert.Equal(5, summary.RootElement.GetProperty("maps").GetArrayLength());
            Assert.Equal(7, summary.RootElement.GetProperty("logits").GetArrayLength());
        }
    }

    [Fact]
    public async Task Explain_ByPixelMethods_WritesAScoreForEachPixel()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "out");
        var sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
        var result = await CommandLine.Cdam(
            "explain", sample, "--model", SmallModel(folder), "--method", "ixg,ig,smoothgrad", "--samples", "2", "--noise-level", "0.1", "--heads", "--out", output);
        Assert.True(result.ExitCode == 0, result.ToString());
        var picture = Path.Combine(output, "still-life");
        var scores = Directory.GetFiles(picture, "*.npy").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["input-x-gradient", "integrated-gradients", "smooth-grad"], scores.Select(file => Path.GetFileName(file).Split('.')[0]));
        Assert.All(scores, file => Assert.Equal(128 + 32 * 32 * 4, new FileInfo(file).Length));    // float32 behind a header of two 64-byte units
        using var summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(picture, "explanation.json")));
        var maps = summary.RootElement.GetProperty("maps").EnumerateArray().ToList();
        Assert.All(maps, map => Assert.Equal((32, 32), (map.GetProperty("rows").GetInt32(), map.GetProperty("columns").GetInt32())));
        Assert.True(maps[1].TryGetProperty("completeness_gap", out _));
        Assert.Equal(0.1f, maps[2].GetProperty("noise_level").GetSingle());
    }

    [Fact]
    public async Task Explain_OfBrokenAndAbsentPictures_NamesThemAndGoesOnWithTheRest()
    {
        using var folder = new TemporaryFolder();
        var broken = Path.Combine(folder.Path, "broken.png");
        File.WriteAllText(broken, "not a picture");
        var output = Path.Combine(folder.Path, "out");
        var result = await CommandLine.Cdam(
            "explain", broken, Path.Combine(folder.Path, "absent.png"), Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg"), "--model", SmallModel(folder), "--out", output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("broken.png", result.Error, StringComparison.Ordinal);
        Assert.Contains("absent.png", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 3 pictures explained", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "still-life", "explanation.json")));
    }

    [Fact]
    public async Task Explain_OfAnAbsentServer_FailsAtOnce()
    {
        using var folder = new TemporaryFolder();
        var sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
        var result = await CommandLine.Cdam("explain", sample, "--model", "small", "--server", "http://127.0.0.1:9", "--out", folder.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Unavailable", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target", "no such class", "targets[0].output")]
    [InlineData("--target", "99", "targets[0].index")]
    [InlineData("--method", "magic", "methods[0].name")]
    public async Task Explain_OfABadRequest_NamesTheField(string option, string value, string field)
    {
        using var folder = new TemporaryFolder();
        var sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
        var result = await CommandLine.Cdam("explain", sample, "--model", SmallModel(folder), option, value, "--out", Path.Combine(folder.Path, "out"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(field, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_LeavesAPageItsPicturesAndASummary()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "demo");
        var result = await CommandLine.Cdam("demo", "--out", output);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("all services stopped", result.Output, StringComparison.Ordinal);

        var page = await File.ReadAllTextAsync(Path.Combine(output, "index.html"), TestContext.Current.CancellationToken);
        var shown = ImageSource().Matches(page).Select(match => match.Groups[1].Value).ToList();
        // Eight objects of four scenes with five pictures each, four concepts with four, nine outputs with two methods in three views,
        // and the nodule with and without its surroundings.
        Assert.Equal(8 * 5 + 4 * 4 + 9 * 2 * 3 + 2 * 3, shown.Count);
        Assert.All(shown, file => Assert.True(File.Exists(Path.Combine(output, file)), file));
        Assert.Equal(1 + 4 * 22, File.ReadAllLines(Path.Combine(output, "curve.csv")).Length);

        using var summary = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "summary.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["scenes", "concepts", "nodule", "fidelity", "seconds"], summary.RootElement.EnumerateObject().Select(entry => entry.Name));
        // 91 % and 93 % were measured; half would be chance.
        Assert.InRange(summary.RootElement.GetProperty("scenes").GetProperty("on_own_object").GetProperty("cdam").GetDouble(), 0.8, 1);
        Assert.InRange(summary.RootElement.GetProperty("concepts").GetProperty("striped, cdam").GetDouble(), 0.8, 1);
    }

    [Fact]
    public async Task Measure_OnASmallInput_PrintsEveryRow()
    {
        var result = await CommandLine.Cdam("measure", "--backbone", "dino-vits16", "--input", "32", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var rows = report.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(
            row => row.GetProperty("name").GetString()!, row => row.GetProperty("ratio").GetDouble());
        Assert.Equal(
            [
                "forward", "logits", "cdam", "cdam-1000", "smooth-cdam", "integrated-cdam",
                "relevance-propagation", "relevance-propagation-of-5", "partial-lrp", "gradcam", "token-ablation-of-a-patch", "autograd-cdam", "autograd-smooth-cdam",
                "autograd-relevance-propagation", "autograd-relevance-propagation-of-5", "autograd-relevance-propagation-attention-only", "autograd-partial-lrp", "autograd-gradcam",
                "plain-token-ablation-of-a-patch",
                "input-x-gradient", "autograd-input-x-gradient", "integrated-gradients-8", "autograd-integrated-gradients-8",
                "smooth-grad-8", "autograd-smooth-grad-8", "grpc-unary", "grpc-stream", "plan-by-ranking", "plan",
            ],
            rows.Keys);
        Assert.Equal(1, rows["forward"]);
        Assert.All(rows.Values, ratio => Assert.True(ratio > 0));
    }

    [Fact]
    public async Task MeasureGateway_WithLittleLoad_PrintsEveryCallAndLoad()
    {
        var result = await CommandLine.Cdam("measure", "gateway", "--rounds", "1", "--calls", "80", "--megabytes", "1", "--streams", "4", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var report = JsonDocument.Parse(result.Output);
        var times = report.RootElement.GetProperty("times").EnumerateArray().ToArray();
        Assert.Equal(["unary, one at a time", "unary, 8 at once", "stream, an image"], times.Select(row => row.GetProperty("calls").GetString()));
        Assert.All(times, row => Assert.True(row.GetProperty("direct_ms").GetDouble() > 0));
        Assert.All(times, row => Assert.All((string[])["gateway", "plain_proxy"], way => AssertForwarded(row, row.GetProperty(way))));
        var memory = report.RootElement.GetProperty("memory").EnumerateArray().ToArray();
        Assert.Equal(["80 calls", "80 calls, plain proxy", "a stream of 1 MB", "4 idle streams, held"], memory.Select(row => row.GetProperty("load").GetString()));
        Assert.All(memory, row => Assert.True(row.GetProperty("after").GetProperty("heap_mb").GetDouble() > 0));
        Assert.All(memory.Take(2), row => Assert.True(row.GetProperty("processor_s").GetDouble() > 0));
    }

    private static void AssertForwarded(JsonElement row, JsonElement way)
    {
        var ratio = way.GetProperty("of_direct");
        Assert.True(ratio.GetProperty("low").GetDouble() > 0);
        Assert.InRange(ratio.GetProperty("median").GetDouble(), ratio.GetProperty("low").GetDouble(), ratio.GetProperty("high").GetDouble());
        Assert.Equal(way.GetProperty("ms").GetDouble() - row.GetProperty("direct_ms").GetDouble(), way.GetProperty("more_ms").GetDouble(), 9);
    }

    [GeneratedRegex("<img src=\"([^\"]+)\"")]
    private static partial Regex ImageSource();

    /// <summary>A 32-pixel network with seven classes.</summary>
    private static string SmallModel(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "small");
        RandomModel.Write(path, "small", SmallBackbone.Reference, classes: 7, seed: 1);
        return path;
    }
}
