using System.Globalization;
using System.Text.Json;

namespace Cdam.System.Tests.Benching;

public sealed class BenchCommandTests
{
    private static readonly string[] Small = ["--limit", "2", "--methods", "cdam,attention", "--percents", "0", "50", "100", "--boxes", "5", "--box-sides", "16", "32"];

    [Fact]
    public async Task Bench_OnTwoObjectScenes_LeavesTablesCurvesAndAReport_AndResumesToTheSame()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "bench");
        var result = await CommandLine.Cdam(["bench", .. Small, "--out", output]);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("2 measured, 0 failed", result.Output, StringComparison.Ordinal);
        string[] expected =
        [
            "curve-box.png", "curve-box.svg", "curve-box_wrong_class.png", "curve-lif.png", "curve-mif.svg", "report.html", "results.csv", "results.json",
            "scatter-attention-cdam.png", "scatter-attention-cdam.svg", "sessions.db", "table-1.tex", "table-2.tex", "table-3.tex",
        ];
        Assert.Empty(expected.Except(Directory.GetFiles(output).Select(Path.GetFileName)));
        var rows = File.ReadAllLines(Path.Combine(output, "results.csv"));
        Assert.Equal(1 + 2 * 2, rows.Length);
        Assert.All(["a_delta_box", "positive_mass_inside", "pointing_game", "roc_area"], metric => Assert.Contains(metric, rows[0], StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain(",,,", row, StringComparison.Ordinal)); // all are defined, but the attention's gradient consistency

        Assert.Matches("processor time: [0-9.]+ s in the explainer's passes, [0-9.]+ s outside, [0-9.]+ % of all", result.Output);
        Assert.Contains("<h2>two-objects-000001: ", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        var name = result.Output.Split(':')[0];
        var table = File.ReadAllText(Path.Combine(output, "table-1.tex"));
        File.Delete(Path.Combine(output, "table-1.tex"));
        var resumed = await CommandLine.Cdam(["bench", "--resume", name, "--out", output, "--json"]);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(table, File.ReadAllText(Path.Combine(output, "table-1.tex")));
        using var tables = JsonDocument.Parse(resumed.Output);
        Assert.Equal(["table-1", "table-2", "table-3", "others"], tables.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
    }

    /// <summary>Scenes as files, with masks beside them, are the scenes that the evaluator draws.</summary>
    [Fact]
    public async Task Bench_OnAFolderOfScenes_GivesTheNumbersOfTheSceneSet()
    {
        using var folder = new TemporaryFolder();
        var (files, drawn, uploaded) = (Path.Combine(folder.Path, "scenes"), Path.Combine(folder.Path, "drawn"), Path.Combine(folder.Path, "uploaded"));
        string[] options = ["--limit", "2", "--methods", "cdam", "--metrics", "a_mif,positive_mass_inside,roc_area", "--percents", "0", "50", "100"];
        var result = await CommandLine.Cdam("scenes", files, "--set", "two-objects", "--count", "2", "--seed", "3", "--side", "112");
        Assert.True(result.ExitCode == 0, result.ToString());

        foreach (var (images, output) in new[] { ("scenes:multi", drawn), (files, uploaded) })
        {
            result = await CommandLine.Cdam(["bench", .. options, "--images", images, "--seed", "3", "--out", output, "--json"]);
            Assert.True(result.ExitCode == 0, result.ToString());
            using var tables = JsonDocument.Parse(result.Output); // nothing but the tables
        }

        var (expected, found) = (Rows(drawn), Rows(uploaded));
        Assert.Equal(2, expected.Count);
        foreach (var (right, row) in expected.Zip(found))
        {
            Assert.Equal(right[2..4], row[2..4]); // target and method
            for (var column = 4; column < right.Length; column++)
            {
                // Batches of other shapes round differently: 1e-5 of a value.
                var value = double.Parse(right[column], CultureInfo.InvariantCulture);
                Assert.Equal(value, double.Parse(row[column], CultureInfo.InvariantCulture), 1e-5 * Math.Max(1, Math.Abs(value)));
            }
        }

        static List<string[]> Rows(string folder) =>
            [.. File.ReadLines(Path.Combine(folder, "results.csv")).Skip(1).Select(line => line.Split(','))];
    }

    [Theory]
    [InlineData("--images", "no/such/folder", "must be a folder, or one of scenes:one, scenes:multi, scenes:validation")]
    [InlineData("--methods", "magic", "magic")]
    [InlineData("--metrics", "beauty", "'beauty' is no metric of this evaluator")]
    [InlineData("--box-sides", "16", "1 sides; 2 to 64 are permitted")]
    public async Task Bench_BadOption_IsRefusedByName(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Cdam("bench", "--limit", "2", "--out", Path.Combine(folder.Path, "bench"), option, value);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
