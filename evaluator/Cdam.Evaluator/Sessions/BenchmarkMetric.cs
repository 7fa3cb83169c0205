using Cdam.Scoring.Metrics;

namespace Cdam.Evaluator.Sessions;

/// <summary>A metric that sessions offer.</summary>
/// <param name="Definition">What its numbers mean.</param>
/// <param name="UsesCurves">True where it needs logits along a ranking.</param>
/// <param name="UsesBoxes">True where it needs logits of blurred boxes.</param>
/// <param name="UsesPairs">True where it needs a right and a wrong class for each image.</param>
internal sealed record BenchmarkMetric(MetricDefinition Definition, bool UsesCurves = false, bool UsesBoxes = false, bool UsesPairs = false)
{
    /// <summary>All of them, in the order of the tables.</summary>
    internal static IReadOnlyList<BenchmarkMetric> All { get; } =
    [
        new(MostImportantFirstArea.Definition, UsesCurves: true),
        new(LeastImportantFirstArea.Definition, UsesCurves: true),
        new(AreaBetweenOrders.Definition, UsesCurves: true),
        new(BoxSensitivityArea.Definition, UsesBoxes: true),
        new(MeanBoxCorrelation.Definition, UsesBoxes: true),
        new(FidelityDiscrimination.Definition, UsesCurves: true, UsesPairs: true),
        new(BoxDiscrimination.Definition, UsesBoxes: true, UsesPairs: true),
        new(Compactness.Definition),
        new(AbsoluteCompactness.Definition),
        new(GradientConsistency.Definition),
    ];

    internal static BenchmarkMetric? Find(string name) => All.FirstOrDefault(metric => metric.Definition.Name == name);
}
