using Cdam.Scoring.Metrics;
using Cdam.V1;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli.Benching;

/// <summary>Starts a benchmark and follows its events.</summary>
internal sealed class BenchRun(EvaluatorService.EvaluatorServiceClient evaluator, BenchArguments arguments)
{
    private const string All = "all";

    /// <returns>The benchmark's name.</returns>
    public async Task<string> Start(IReadOnlyList<string> methods, string model, CancellationToken cancellation)
    {
        var source = arguments.Shard is null
            ? await BenchSource.Open(evaluator, arguments.Images, arguments.Limit, arguments.Seed, cancellation)
            : BenchScenes.Find(arguments.Images, arguments.Limit, arguments.Seed)
                ?? throw new ArgumentException($"--images is \"{arguments.Images}\"; shards draw their images by themselves: must be one of {BenchScenes.Names}");
        string[] metrics = [.. Metrics(source.Available)];
        var needs = metrics.Select(MetricCatalog.Find).Aggregate(MetricNeeds.None, (all, metric) => all | (metric?.Needs ?? MetricNeeds.None));
        var settings = new BenchmarkSettings
        {
            Model = model,
            Source = source.Wire,
            Methods = { methods.Select(method => new MethodSpec { Name = method }) },
            Metrics = { metrics },
            LabelUse = source.LabelUse(needs),
            Percents = { arguments.Percents },
        };
        if (needs.HasFlag(MetricNeeds.Boxes))
        {
            settings.Boxes = new BoxSampling { Sides = { arguments.BoxSides }, BoxesPerSide = arguments.BoxesPerSide, Seed = arguments.Seed };
        }

        var started = await evaluator.StartBenchmarkAsync(new StartBenchmarkRequest { Settings = settings, RequestId = arguments.Shard?.Session.ToString() ?? "" }, cancellationToken: cancellation);

        // With --json standard output holds the tables alone.
        (arguments.Json ? CommandErrors.Console : AnsiConsole.Console).WriteLine($"{started.Benchmark.Name}: {source.ImageCount} images, {methods.Count} methods; --resume {started.Benchmark.Name} goes on with it");
        return started.Benchmark.Name;
    }

    /// <summary>Follows a benchmark from its first event to its last, and shows how far it is.</summary>
    public async Task<BenchResults> Follow(string name, CancellationToken cancellation)
    {
        var results = new BenchResults(name);
        using var shown = new BenchProgress();
        using var call = evaluator.AttachBenchmark(new AttachBenchmarkRequest { Name = name }, cancellationToken: cancellation);
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            results.Add(answer.Event);
            shown.Show(answer.Event);
        }

        return results;
    }

    /// <summary>Those asked for; all that the images allow where all are.</summary>
    private IEnumerable<string> Metrics(MetricNeeds available) => arguments.Metrics == All
        ? MetricCatalog.All.Where(metric => metric.IsPossibleWith(available)).Select(metric => metric.Name)
        : arguments.Metrics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
