using System.Text.Json;

namespace Cdam.System.Tests.Tuning;

public sealed class TuneCommandTests
{
    [Fact]
    public async Task Tune_OnTheShippedModel_LeavesTheCurveAndChoosesItsTop()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "tune");

        var result = await CommandLine.Cdam(
            "bench", "tune", "--images", "scenes:multi", "--limit", "2", "--methods", "smooth-cdam", "--levels", "0.05", "0.4",
            "--percents", "0", "50", "100", "--out", output, "--json");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(((string[])["noise.csv", "noise.png", "noise.svg"]).Except(Directory.GetFiles(output).Select(Path.GetFileName)));
        var rows = File.ReadAllLines(Path.Combine(output, "noise.csv")).Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal(["0.05", "0.4"], rows.Select(row => row[1]));
        var best = rows.MaxBy(row => double.Parse(row[2], global::System.Globalization.CultureInfo.InvariantCulture))!;
        Assert.All(rows, row => Assert.Equal(row == best ? "1" : "0", row[6]));
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(best[1], json.RootElement[0].GetProperty("noise_level").GetRawText());
    }

    [Theory]
    [InlineData("--methods", "cdam", "'cdam' has no noise_level")]
    [InlineData("--levels", "0.1", "1 levels; 2 to 64 are permitted")]
    public async Task Tune_BadOption_IsRefusedByName(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Cdam("bench", "tune", "--limit", "2", "--out", Path.Combine(folder.Path, "tune"), option, value);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
