using System.Text.Json;
using System.Xml.Linq;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Cli.Sanity;

namespace Cdam.System.Tests.Sanity;

public sealed class SanityCommandTests
{
    [Fact]
    public async Task Sanity_OfATinyModel_ShowsTablesAndLeavesFiguresAndPlots()
    {
        using var bench = new SanityBench();
        var other = bench.PathOf("other");
        RandomModel.Write(other, "other", SmallBackbone.Reference, classes: 7, seed: 2);
        var output = bench.PathOf("out");
        var result = await CommandLine.Cdam(
            "sanity", "--model", bench.Model, "--images", "scenes", "--limit", "3", "--method", "cdam,attention", "--independent", "--random-labels", other, "--out", output);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("random weights", result.Error, StringComparison.Ordinal);
        Assert.All(
            (string[])["small, cascading: SSIM", "small, independent: Spearman, signed scores", "norm + block 1", "embedding", "random labels", "over 3 images"],
            text => Assert.Contains(text, result.Output, StringComparison.Ordinal));

        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "sanity.json")));
        var rows = report.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["head", "norm + block 1", "block 0", "embedding"], report.RootElement.GetProperty("stages").EnumerateArray().Select(stage => stage.GetString()));
        Assert.Equal((2 * 4 + 1) * 2, rows.Count);
        Assert.Equal(1 + 3 * rows.Count, File.ReadAllLines(Path.Combine(output, "sanity.csv")).Length);

        // The last attention map does not see the head: only what is below it can change it.
        Assert.All(Measures(rows, "cascading", "head", "attention"), measure => Assert.Equal((1.0, 0.0, 3), measure));
        Assert.All(Measures(rows, "cascading", "head", "cdam"), measure => Assert.InRange(measure.Mean, -1, 0.999));
        Assert.All(Measures(rows, "random_labels", "other", "attention"), measure => Assert.InRange(measure.Mean, -1, 0.999));
        AssertPlots(output, panels: 6);
    }

    private static IEnumerable<(double Mean, double Deviation, int Images)> Measures(IEnumerable<JsonElement> rows, string series, string stage, string method)
    {
        var row = rows.Single(row => (series, stage, method) == (Text(row, "series"), Text(row, "stage"), Text(row, "method")));
        return ((string[])["spearman", "spearman_absolute", "ssim"]).Select(name => row.GetProperty(name))
            .Select(measure => (measure.GetProperty("mean").GetDouble(), measure.GetProperty("standard_deviation").GetDouble(), measure.GetProperty("images").GetInt32()));

        static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
    }

    private static void AssertPlots(string output, int panels)
    {
        var png = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(output, "sanity.png")), new ImageLimits());
        var rows = panels / 3;
        for (var panel = 0; panel < panels; panel++)
        {
            // Panels are 460 × 440 pixels, with a legend at the right of each row.
            var (left, top) = (panel % 3 * 460, panel / 3 * 440);
            Assert.Contains(Pixels(png, left, top, 460, 440), IsBlue);
        }

        Assert.Equal((3 * 460 + 180, rows * 440), (png.Width, png.Height));
        Assert.Contains(Pixels(png, png.Width - 180, 0, 180, 440), IsBlue);
        var svg = XDocument.Load(Path.Combine(output, "sanity.svg"));
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim()).ToList();
        Assert.All(SanityView.All, view => Assert.Equal(rows, texts.Count(text => text.StartsWith($"{view.Title} (", StringComparison.Ordinal))));
        Assert.Equal(panels, texts.Count(text => text == "norm + block 1"));
    }

    /// <summary>The first method's colour, #1F77B4.</summary>
    private static bool IsBlue((byte Red, byte Green, byte Blue) pixel) => pixel == (0x1F, 0x77, 0xB4);

    private static IEnumerable<(byte Red, byte Green, byte Blue)> Pixels(PixelImage image, int left, int top, int width, int height)
    {
        for (var row = top; row < top + height; row++)
        {
            for (var column = left; column < left + width; column++)
            {
                var at = (row * image.Width + column) * 3;
                yield return (image.Rgb[at], image.Rgb[at + 1], image.Rgb[at + 2]);
            }
        }
    }
}
