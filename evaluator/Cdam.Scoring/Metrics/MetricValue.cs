namespace Cdam.Scoring.Metrics;

/// <summary>A metric's number for one map.</summary>
/// <param name="Metric">What it means.</param>
/// <param name="Value">NaN where the metric is undefined for this map; the metric's file says where that is.</param>
public readonly record struct MetricValue(MetricDefinition Metric, double Value);
