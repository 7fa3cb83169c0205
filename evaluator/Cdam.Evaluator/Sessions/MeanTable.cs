using Cdam.V1;
using Direction = Cdam.Scoring.Metrics.MetricDirection;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Means over images. Images are added in their order, one after another: floating-point sums depend on the order, and so the same
/// results give the same bits whatever happened in between.
/// </summary>
internal sealed class MeanTable(BenchmarkSettings settings)
{
    private readonly Dictionary<(string Method, string Metric), (double Sum, int Count)> _cells = [];

    internal static async Task<BenchmarkTable> OfAsync(BenchmarkSettings settings, IAsyncEnumerable<SettledImage> images)
    {
        var table = new MeanTable(settings);
        await foreach (var image in images)
        {
            table.Add(image.Methods);
        }

        return table.Build();
    }

    internal void Add(IReadOnlyList<MeasuredMethod> methods)
    {
        foreach (var method in methods)
        {
            foreach (var (metric, value) in method.Values)
            {
                var (sum, count) = _cells.GetValueOrDefault((method.Method, metric));
                _cells[(method.Method, metric)] = (sum + value, count + 1);
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
        var (sum, count) = _cells.GetValueOrDefault((method, metric));
        var mean = new MetricMean { Metric = metric, ImageCount = count };
        if (count > 0)
        {
            mean.Mean = sum / count;
        }

        return mean;
    }
}
