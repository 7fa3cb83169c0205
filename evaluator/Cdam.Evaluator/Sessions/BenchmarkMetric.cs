using Cdam.Scoring.Metrics;

namespace Cdam.Evaluator.Sessions;

/// <summary>A metric that sessions offer.</summary>
/// <param name="Definition">What its numbers mean.</param>
/// <param name="UsesBoxes">True where it needs BenchmarkSettings.boxes.</param>
/// <param name="UsesPairs">True where it needs a right and a wrong class for each image.</param>
internal sealed record BenchmarkMetric(MetricDefinition Definition, bool UsesBoxes = false, bool UsesPairs = false)
{
    /// <summary>All of them, in the order of the tables.</summary>
    internal static IReadOnlyList<BenchmarkMetric> All { get; } =
    [
        new(MostImportantFirstArea.Definition),
        new(LeastImportantFirstArea.Definition),
        new(AreaBetweenOrders.Definition),
        new(Compactness.Definition),
        new(GradientConsistency.Definition),
    ];

    internal static BenchmarkMetric? Find(string name) => All.FirstOrDefault(metric => metric.Definition.Name == name);
}
