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
        Assert.Equal(1 + 2 * 2, File.ReadAllLines(Path.Combine(output, "results.csv")).Length);

        Assert.Matches("processor time: [0-9.]+ s in the explainer's passes, [0-9.]+ s outside, [0-9.]+ % of all", result.Output);
        Assert.Contains("<h2>twoobjects-000001: ", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        var name = result.Output.Split(':')[0];
        var table = File.ReadAllText(Path.Combine(output, "table-1.tex"));
        File.Delete(Path.Combine(output, "table-1.tex"));
        var resumed = await CommandLine.Cdam(["bench", "--resume", name, "--out", output, "--json"]);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(table, File.ReadAllText(Path.Combine(output, "table-1.tex")));
        using var tables = JsonDocument.Parse(resumed.Output);
        Assert.Equal(["table-1", "table-2", "table-3", "others"], tables.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("--images", "no/such/folder", "must be a folder, scenes:one or scenes:multi")]
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
