namespace Cdam.Scoring.Metrics;

/// <summary>Which values of a metric are better.</summary>
public enum MetricDirection
{
    LowerIsBetter,
    HigherIsBetter,
}
