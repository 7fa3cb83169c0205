using Cdam.Scoring.Statistics;
using Cdam.V1;
using Direction = Cdam.Scoring.Metrics.MetricDirection;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Means over images with their confidence intervals. Images are added in their order, one after another: floating-point sums and
/// bootstrap draws depend on the order, and so the same results give the same bits whatever happened in between.
/// </summary>
internal sealed class MeanTable(BenchmarkSettings settings)
{
    private readonly Dictionary<(string Method, string Metric), List<double>> _cells = [];

    internal static async Task<BenchmarkTable> OfAsync(BenchmarkSettings settings, IAsyncEnumerable<SettledImage> images)
    {
        var table = new MeanTable(settings);
        await foreach (var image in images)
        {
            table.Add(image.Methods);
        }

        return table.Build();
    }

    /// <summary>Images that were measured.</summary>
    internal int Images { get; private set; }

    /// <summary>Takes an image's results; those of an image that failed are empty.</summary>
    internal void Add(IReadOnlyList<MeasuredMethod> methods)
    {
        Images += methods.Count > 0 ? 1 : 0;
        foreach (var method in methods)
        {
            foreach (var (metric, value) in method.Values)
            {
                if (!_cells.TryGetValue((method.Method, metric), out var values))
                {
                    _cells[(method.Method, metric)] = values = [];
                }

                values.Add(value);
            }
        }
    }

    internal BenchmarkTable Build() => new()
    {
        Metrics = { settings.Metrics.Select(Column) },
        Rows = { settings.Methods.Select(method => Row(method.Name)) },
    };

    private static MetricColumn Column(string name)
    {
        // A session may have been started by a newer evaluator, whose metrics this one does not know.
        if (BenchmarkMetric.Find(name) is not { } definition)
        {
            return new MetricColumn { Name = name };
        }

        return new MetricColumn
        {
            Name = name,
            Direction = definition.Direction == Direction.LowerIsBetter ? MetricDirection.LowerIsBetter : MetricDirection.HigherIsBetter,
            Reference = definition.Reference,
            DefinitionVersion = definition.Version,
        };
    }

    private MethodRow Row(string method) => new() { Method = method, Means = { settings.Metrics.Select(metric => Mean(method, metric)) } };

    private MetricMean Mean(string method, string metric)
    {
        var estimate = Bootstrap.Mean(_cells.GetValueOrDefault((method, metric), []), settings.Boxes?.Seed ?? 0);
        var mean = new MetricMean { Metric = metric, ImageCount = estimate.Count };
        if (estimate.Count > 0)
        {
            mean.Mean = estimate.Mean;
        }

        if (estimate.Count > 1)
        {
            (mean.Lower, mean.Upper) = (estimate.Lower, estimate.Upper);
        }

        return mean;
    }
}
