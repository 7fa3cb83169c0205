namespace Cdam.Scoring.Metrics;

/// <summary>Share of scores S ≤ 0.05 × max S: the paper's text, where a strongly negative score counts as small.</summary>
public static class Compactness
{
    /// <summary>The share of the largest score up to which a score counts as small.</summary>
    public const double SmallShare = 0.05;

    public static MetricDefinition Definition { get; } =
        new("compactness", "compactness", MetricDirection.HigherIsBetter, "1", "arXiv 2312.02364, Section 3.5", "2", MetricNeeds.None);

    /// <param name="scores">A score for each patch or for each pixel, at least one, finite.</param>
    /// <returns>Between 0 and 1; NaN where no score is positive, since nothing is small beside a largest score of zero or less.</returns>
    public static double Of(ReadOnlySpan<float> scores)
    {
        var threshold = Threshold(scores);
        if (double.IsNaN(threshold))
        {
            return double.NaN;
        }

        var small = 0;
        foreach (var score in scores)
        {
            small += score <= threshold ? 1 : 0;
        }

        return (double)small / scores.Length;
    }

    /// <summary>Up to where a score counts as small; NaN where no score is positive.</summary>
    internal static double Threshold(ReadOnlySpan<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scores.Length, nameof(scores));
        FiniteScores.Check(scores);
        var largest = scores[0];
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        return largest > 0 ? SmallShare * largest : double.NaN;
    }
}
