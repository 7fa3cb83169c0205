using Cdam.V1;

namespace Cdam.System.Tests.Cluster;

/// <summary>A day of a cluster: in each part something happens while clients ask and a session runs, which must come to the table of the first.</summary>
/// <param name="Callers">Clients of unary calls.</param>
/// <param name="Streams">Streaming clients.</param>
/// <param name="StreamPause">Of a streaming client, after each answer.</param>
/// <param name="Images">Of each session.</param>
/// <param name="CutOff">How long a node is cut off.</param>
/// <param name="DatabaseAway">How long the database is.</param>
internal sealed record ClusterDay(int Callers, int Streams, TimeSpan StreamPause, int Images, TimeSpan CutOff, TimeSpan DatabaseAway)
{
    private static readonly string[] All = MiniatureCluster.Explainers;

    /// <summary>About a minute of processor time.</summary>
    public static ClusterDay Short { get; } = new(2, 12, TimeSpan.FromMilliseconds(200), 4, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1));

    /// <summary>200 streaming clients; the node is away for longer than connections are kept without a sign of life (20 s and 20 s).</summary>
    public static ClusterDay Long { get; } = new(8, 200, TimeSpan.FromSeconds(2), 24, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(20));

    /// <summary>Lives through the day.</summary>
    /// <returns>What clients saw.</returns>
    public async Task<LoadFigures> RunAsync(CancellationToken cancellation)
    {
        await using var cluster = await MiniatureCluster.StartAsync(cancellation);
        var figures = new LoadFigures();
        figures.Begin("one explainer");
        using var uploading = new ClusterSession(cluster);
        var settings = await uploading.UploadAsync(cluster, Images, cancellation);
        await using var load = new ClientLoad(cluster, Callers, Streams, StreamPause, figures, cancellation);
        var expected = await MeasureAsync(cluster, settings, figures, () => Task.CompletedTask, cancellation);
        foreach (var (part, happens) in Parts(cluster, cancellation))
        {
            figures.Begin(part);
            AssertSame(expected, await MeasureAsync(cluster, settings, figures, happens, cancellation), part);
        }

        await load.EndAsync();
        return figures;
    }

    private IEnumerable<(string Part, Func<Task> Happens)> Parts(MiniatureCluster cluster, CancellationToken cancellation)
    {
        yield return ("scaled from one to three", () => Task.WhenAll(All[1..].Select(pod => cluster.StartAsync(pod, cancellation))));
        yield return ("rolling update of the explainers", () => EachAsync(All, cluster.EndAsync, cluster, cancellation));
        yield return ("an explainer killed", () => EachAsync(All[..1], cluster.KillAsync, cluster, cancellation));
        yield return ("both evaluators killed", () => EachAsync(MiniatureCluster.Evaluators, cluster.KillAsync, cluster, cancellation));
        yield return ("a node cut off and returned", async () =>
        {
            string[] node = [All[1], MiniatureCluster.Evaluators[0]];
            cluster.CutOff(node);
            await Task.Delay(CutOff, cancellation);
            cluster.Return(node);
        });
        yield return ("database restarted", () => cluster.RestartDatabaseAsync(DatabaseAway, cancellation));
        yield return ("scaled from three to one", () => Task.WhenAll(All[1..].Select(cluster.EndAsync)));
    }

    /// <summary>One after another: gone, and back again.</summary>
    private static async Task EachAsync(string[] pods, Func<string, Task> goes, MiniatureCluster cluster, CancellationToken cancellation)
    {
        foreach (var pod in pods)
        {
            await goes(pod);
            await cluster.StartAsync(pod, cancellation);
        }
    }

    /// <summary>Something happens once the session has its first image; it is followed to its end.</summary>
    private async Task<BenchmarkTable> MeasureAsync(
        MiniatureCluster cluster, BenchmarkSettings settings, LoadFigures figures, Func<Task> happens, CancellationToken cancellation)
    {
        using var session = new ClusterSession(cluster);
        await session.BeginAsync(settings, cancellation);
        await session.FollowAsync(step => step.ImageMeasured is not null, cancellation);
        await happens();
        var events = await session.FollowAsync(step => step.Finished is not null, cancellation);
        var answered = figures.Streamed;
        while (figures.Streamed < answered + Streams)
        {
            await Task.Delay(20, cancellation); // whatever happened, streaming clients get their answers afterwards
        }

        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(step => step.Number));
        Assert.Equal(Enumerable.Range(0, Images), events.Select(step => step.ImageMeasured?.Position).OfType<int>().Order());
        figures.Session(events[^1].Progress.MeasuredCount, events.Count(step => step.Resumed is not null));
        return events[^1].Finished.Table;
    }

    private void AssertSame(BenchmarkTable expected, BenchmarkTable found, string part)
    {
        foreach (var (right, mean) in expected.Rows.Single().Means.Zip(found.Rows.Single().Means))
        {
            Assert.Equal((right.Metric, Images), (mean.Metric, mean.ImageCount));

            // Batches of other shapes round differently: 1e-5 of a value, and of 1 where the value itself is rounding.
            Assert.True(Math.Abs(right.Mean - mean.Mean) <= 1e-5 * Math.Max(1, Math.Abs(right.Mean)), $"{part}: {right.Metric} is {mean.Mean}, was {right.Mean}");
        }
    }
}
