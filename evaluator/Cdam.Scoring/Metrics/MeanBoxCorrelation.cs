namespace Cdam.Scoring.Metrics;

/// <summary>Mean over sides of the box sensitivity's correlations: comparable between choices of sides, as the area is not.</summary>
public static class MeanBoxCorrelation
{
    public static MetricDefinition Definition { get; } =
        new("mean_box_correlation", "mean r_box", MetricDirection.HigherIsBetter, "1", "arXiv 2312.02364, Section 3.4; mean instead of area", "1", MetricNeeds.Boxes);

    /// <param name="correlations">One for each side, at least one.</param>
    /// <returns>−1 to 1; NaN where a correlation is.</returns>
    public static double Of(ReadOnlySpan<double> correlations)
    {
        ArgumentOutOfRangeException.ThrowIfZero(correlations.Length, nameof(correlations));
        var sum = 0.0;
        foreach (var correlation in correlations)
        {
            sum += correlation;
        }

        return sum / correlations.Length;
    }
}
