using System.Diagnostics;
using System.Globalization;
using Cdam.V1;

namespace Cdam.System.Tests.Killing;

/// <summary>Explainer and evaluator as processes that are killed (SIGKILL) at random moments of a benchmark, while its client comes and goes.</summary>
public sealed class BenchmarkKillTests
{
    private const int Images = 16;
    private const string SeedVariable = "CDAM_KILL_SEED";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Which seed was at fault is told; <c>CDAM_KILL_SEED</c> gives its order of kills and moments again.</summary>
    /// <param name="explainer">Options of the explainer.</param>
    /// <param name="tolerance">
    /// Of a value, and of 1 where the value itself is rounding: batches of other shapes round differently. Passes one by one are the same bits.
    /// </param>
    [Theory]
    [InlineData("", 1e-5)]
    [InlineData("--Explainer:MaxBatchSize=1", 0)]
    public async Task Benchmark_WhoseServicesAreKilledAtRandomMoments_GivesTheUndisturbedTable(string explainer, double tolerance)
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"{SeedVariable}={seed}");
        var random = new Random(seed);
        await using var system = await KilledSystem.StartAsync(explainer, Cancellation);
        var settings = await system.SettingsAsync(Images, Cancellation);

        var start = Stopwatch.GetTimestamp();
        var undisturbed = await new Follower(system, await system.BeginAsync(settings, Cancellation)).ToEndAsync(Cancellation);
        var anImage = Stopwatch.GetElapsedTime(start) / Images;
        var follower = new Follower(system, await system.BeginAsync(settings, Cancellation));
        string[][] victims = [[KilledSystem.Explainer], [KilledSystem.Evaluator], [KilledSystem.Explainer, KilledSystem.Evaluator]];
        random.Shuffle(victims);
        var moments = victims.Select(_ => random.Next(Images - 2)).Order().ToArray();
        foreach (var (killed, measured) in victims.Zip(moments))
        {
            await follower.ToImageAsync(measured, Cancellation);
            var within = random.NextDouble() * anImage;
            await Task.Delay(within, Cancellation);
            TestContext.Current.TestOutputHelper!.WriteLine($"killed after {measured} images and {within.TotalMilliseconds:0} ms: {string.Join(", ", killed)}");
            await system.KillAsync(killed, Cancellation);
        }

        var events = await follower.ToEndAsync(Cancellation);

        AssertSame(undisturbed[^1].Finished, events[^1].Finished, tolerance, seed);
        AssertWhole(events, seed);
        Assert.Equal(await new Follower(system, follower.Name).ToEndAsync(Cancellation), events); // whoever comes later sees the same
    }

    private static void AssertWhole(IReadOnlyList<BenchmarkEvent> events, int seed)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(step => step.Number));
        Assert.True(events.All(step => step.ImageFailed is null), $"seed {seed}: {events.FirstOrDefault(step => step.ImageFailed is not null)?.ImageFailed}");
        var positions = events.Where(step => step.ImageMeasured is not null).Select(step => step.ImageMeasured.Position);
        Assert.Equal(Enumerable.Range(0, Images), positions.Order());
        Assert.Equal(Images, events[^1].Progress.MeasuredCount);
        Assert.Contains(events, step => step.Resumed is not null);
    }

    private static void AssertSame(BenchmarkFinished expected, BenchmarkFinished actual, double tolerance, int seed)
    {
        Assert.True(actual.State == BenchmarkState.Succeeded, $"seed {seed}: {actual.State}: {actual.Error}");
        foreach (var (right, found) in expected.Table.Rows.Single().Means.Zip(actual.Table.Rows.Single().Means))
        {
            Assert.Equal((right.Metric, Images), (found.Metric, found.ImageCount));
            Assert.InRange(Math.Abs(right.Mean - found.Mean), 0, tolerance * Math.Max(1, Math.Abs(right.Mean)));
        }
    }
}
