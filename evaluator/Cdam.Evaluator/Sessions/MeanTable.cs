using Cdam.Scoring.Statistics;
using Cdam.V1;
using Direction = Cdam.Scoring.Metrics.MetricDirection;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Means over images with their confidence intervals. Images are added in their order, one after another: floating-point sums and
/// bootstrap draws depend on the order, and so the same results give the same bits whatever happened in between. Intervals need every value:
/// eight bytes are held for each method and metric of an image.
/// </summary>
internal sealed class MeanTable
{
    private readonly BenchmarkSettings _settings;
    private readonly Dictionary<(string Method, string Metric), int> _columns;
    private readonly ImageValues _values;
    private readonly double[] _row;

    internal MeanTable(BenchmarkSettings settings)
    {
        _settings = settings;
        _columns = settings.Methods.SelectMany(method => settings.Metrics.Select(metric => (method.Name, metric)))
            .Select((cell, column) => (cell, column)).ToDictionary(pair => pair.cell, pair => pair.column);
        _values = new ImageValues(_columns.Count);
        _row = new double[_columns.Count];
    }

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
    internal int Images => _values.Rows;

    /// <summary>Takes an image's results; those of an image that failed are empty.</summary>
    internal void Add(IReadOnlyList<MeasuredMethod> methods)
    {
        if (methods.Count == 0)
        {
            return;
        }

        Array.Fill(_row, double.NaN);
        foreach (var method in methods)
        {
            foreach (var (metric, value) in method.Values)
            {
                if (_columns.TryGetValue((method.Method, metric), out var column))
                {
                    _row[column] = value;
                }
            }
        }

        _values.Add(_row);
    }

    internal BenchmarkTable Build()
    {
        var estimates = Bootstrap.Means(_values, _settings.Boxes?.Seed ?? 0);
        return new BenchmarkTable
        {
            Metrics = { _settings.Metrics.Select(Column) },
            Rows =
            {
                _settings.Methods.Select(method => new MethodRow
                {
                    Method = method.Name,
                    Means = { _settings.Metrics.Select(metric => Mean(metric, estimates[_columns[(method.Name, metric)]])) },
                }),
            },
        };
    }

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

    private static MetricMean Mean(string metric, MeanEstimate estimate)
    {
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
