using System.Globalization;
using Cdam.System.Tests.Serving;

namespace Cdam.System.Tests.Benching;

public sealed class ShardCommandTests
{
    private static readonly string[] Settings =
        ["--limit", "3", "--methods", "cdam,attention", "--metrics", "a_mif,a_lif,a_box", "--percents", "0", "50", "100", "--boxes", "5", "--box-sides", "16", "32", "--seed", "4"];

    [Fact]
    public async Task Shards_RunOneAfterAnother_TheLastWritesTheUnshardedReport()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        using var folder = new TemporaryFolder();
        var (sharded, whole) = (Path.Combine(folder.Path, "sharded"), Path.Combine(folder.Path, "whole"));
        await using var served = await ServedProcess.Start("--listen", "http://127.0.0.1:0", "--model", "scenes", "--device", "cpu");
        string[] shard = ["bench", .. Settings, "--server", served.Gateway, "--session", Guid.NewGuid().ToString(), "--out", sharded, "--shard"];

        var first = await CommandLine.Cdam([.. shard, "1/2"]);
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("shard 1/2 is done; 2 images of others are outstanding", first.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(sharded, "results.csv")));
        var last = await CommandLine.Cdam([.. shard, "0/2"]);
        Assert.True(last.ExitCode == 0, last.ToString());
        Assert.Contains("3 measured, 0 failed", last.Output, StringComparison.Ordinal);
        var unsharded = await CommandLine.Cdam(["bench", .. Settings, "--out", whole]);
        Assert.True(unsharded.ExitCode == 0, unsharded.ToString());

        var (expected, found) = (Rows(whole), Rows(sharded));
        Assert.Equal(1 + 3 * 2, expected.Count);
        Assert.Equal(expected[0], found[0]);
        Assert.Equal(expected.Skip(1).Select(row => string.Join(',', row[..4])), found.Skip(1).Select(row => string.Join(',', row[..4])));
        for (var column = 4; column < expected[0].Length; column++)
        {
            // Batches of other shapes round differently, and digits of areas cancel: 1e-5 of the largest value of the metric.
            var (right, values) = (Numbers(expected, column), Numbers(found, column));
            var tolerance = 1e-5 * right.Max(Math.Abs);
            Assert.All(right.Zip(values), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    [Theory]
    [InlineData("--shard is \"3/3\"; must be I/N with I from 0 to N - 1", "--shard", "3/3", "--session", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("--shard is \"-1/3\"; must be I/N", "--shard", "-1/3", "--session", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    [InlineData("--session is \"monday\"; must be a UUID", "--shard", "0/3", "--session", "monday")]
    [InlineData("--shard and --session must be given together", "--shard", "0/3")]
    [InlineData("--shard needs --server", "--shard", "0/3", "--session", "3f2504e0-4f89-41d3-9a0c-0305e82c3301")]
    public async Task Shard_BadOption_IsRefusedByName(string message, params string[] options)
    {
        var result = await CommandLine.Cdam(["bench", .. options]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(List<string[]> rows, int column) => [.. rows.Skip(1).Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];

    private static List<string[]> Rows(string folder) => [.. File.ReadLines(Path.Combine(folder, "results.csv")).Select(line => line.Split(','))];
}
