namespace Cdam.Scoring.Metrics;

/// <summary>Every metric. To add one: a file beside this one, and a line here.</summary>
public static class MetricCatalog
{
    /// <summary>In the order in which tables show them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        MostImportantFirstArea.Definition,
        LeastImportantFirstArea.Definition,
        AreaBetweenOrders.Definition,
        BoxSensitivityArea.Definition,
        MeanBoxCorrelation.Definition,
        FidelityDiscrimination.Definition,
        BoxDiscrimination.Definition,
        Compactness.Definition,
        AbsoluteCompactness.Definition,
        PositiveMassInside.Definition,
        PointingGame.Definition,
        RocArea.Definition,
        GradientConsistency.Definition,
        SpearmanCorrelation.Definition,
        StructuralSimilarity.Definition,
    ];

    /// <summary>The metric of a name; null if there is none.</summary>
    public static MetricDefinition? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);
}
