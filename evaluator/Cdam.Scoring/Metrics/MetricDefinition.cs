namespace Cdam.Scoring.Metrics;

/// <summary>What a metric's number means, to be shown beside it.</summary>
/// <param name="Name">Stable, lower_snake_case.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Reference">The paper and section that define it.</param>
/// <param name="Version">Changes whenever the numbers change by more than rounding.</param>
public sealed record MetricDefinition(string Name, MetricDirection Direction, string Reference, string Version);
