namespace Cdam.Scoring.Metrics;

/// <summary>Share of scores with |S| ≤ 0.05 × max S: what the paper's notebook computes, where a strongly negative score is large.</summary>
public static class AbsoluteCompactness
{
    public static MetricDefinition Definition { get; } =
        new("compactness_absolute", "compactness of |S|", MetricDirection.HigherIsBetter, "1", "arXiv 2312.02364, the published notebook", "2", MetricNeeds.None);

    /// <param name="scores">A score for each patch or for each pixel, at least one, finite.</param>
    /// <returns>Between 0 and 1; NaN as for <see cref="Compactness"/>.</returns>
    public static double Of(ReadOnlySpan<float> scores)
    {
        var threshold = Compactness.Threshold(scores);
        if (double.IsNaN(threshold))
        {
            return double.NaN;
        }

        var small = 0;
        foreach (var score in scores)
        {
            small += Math.Abs(score) <= threshold ? 1 : 0;
        }

        return (double)small / scores.Length;
    }
}
