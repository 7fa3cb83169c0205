using Cdam.Scoring.Metrics;

namespace Cdam.Evaluator.Sessions;

/// <summary>The metrics that sessions offer: all that compare no maps with each other.</summary>
internal static class BenchmarkMetric
{
    private const MetricNeeds Available =
        MetricNeeds.Curves | MetricNeeds.Boxes | MetricNeeds.TwoLabels | MetricNeeds.Mask | MetricNeeds.TokenGradients;

    /// <summary>All of them, in the order of the tables.</summary>
    internal static IReadOnlyList<MetricDefinition> All { get; } = [.. MetricCatalog.All.Where(metric => metric.IsPossibleWith(Available))];

    internal static MetricDefinition? Find(string name) => All.FirstOrDefault(metric => metric.Name == name);

    /// <summary>What all these are made of; names that are not known are passed over.</summary>
    internal static MetricNeeds NeedsOf(IEnumerable<string> names) =>
        names.Select(Find).OfType<MetricDefinition>().Aggregate(MetricNeeds.None, (needs, metric) => needs | metric.Needs);
}
