namespace Cdam.Scoring.Metrics;

/// <summary>
/// Spearman's rank correlation of two maps: Pearson's correlation of their ranks, where equal scores share the mean of the ranks that they
/// take up together.
/// </summary>
public static class SpearmanCorrelation
{
    public static MetricDefinition Definition { get; } =
        new("spearman_correlation", "Spearman's ρ", MetricDirection.HigherIsBetter, "1", "Spearman 1904; of maps: arXiv 1810.03292, Section 3", "1", MetricNeeds.OtherMap);

    /// <param name="first">At least one finite score.</param>
    /// <param name="second">As many.</param>
    /// <returns>Between −1 and 1, exactly 1 where all ranks agree; NaN where all scores of a map are equal, as it ranks nothing then.</returns>
    public static double Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first.Length, nameof(first));
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} scores and {second.Length} scores; both maps must have as many.", nameof(second));
        }

        FiniteScores.Check(first);
        FiniteScores.Check(second);
        double[] x = CentredRanks(first), y = CentredRanks(second);
        double covariance = 0, varianceX = 0, varianceY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            covariance += x[i] * y[i];
            varianceX += x[i] * x[i];
            varianceY += y[i] * y[i];
        }

        // Of equal ranks the three sums are equal, and the square root of a square is exact. 0 / 0 where nothing is ranked.
        return Math.Clamp(covariance / Math.Sqrt(varianceX * varianceY), -1, 1);
    }

    /// <summary>Ranks less their mean, which ties leave as it is: (n − 1) / 2 for ranks from 0.</summary>
    private static double[] CentredRanks(ReadOnlySpan<float> scores)
    {
        var sorted = scores.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }

            var shared = (start + end - 1) / 2.0 - (sorted.Length - 1) / 2.0;
            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = shared;
            }
        }

        return ranks;
    }
}
