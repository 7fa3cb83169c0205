namespace Cdam.Training.LungModels.Figures;

/// <summary>How well scores tell two classes apart.</summary>
internal static class BinaryMeasures
{
    /// <summary>Share of right answers, where a score above 0 says positive.</summary>
    /// <param name="scores">At least one.</param>
    /// <param name="positive">The truth.</param>
    public static double Accuracy(IReadOnlyList<double> scores, IReadOnlyList<bool> positive) =>
        scores.Zip(positive).Count(pair => pair.First > 0 == pair.Second) / (double)scores.Count;

    /// <summary>
    /// Area under the ROC curve: the probability that a positive scores above a negative, ties counted half (Mann and Whitney's U, by
    /// mean ranks).
    /// </summary>
    /// <returns>0 to 1; null without a positive or without a negative.</returns>
    public static double? Auc(IReadOnlyList<double> scores, IReadOnlyList<bool> positive)
    {
        double positives = positive.Count(isPositive => isPositive), negatives = positive.Count - positives;
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        var rankSum = 0.0;
        var before = 0;
        foreach (var tied in scores.Zip(positive).GroupBy(pair => pair.First).OrderBy(group => group.Key))
        {
            var count = tied.Count();
            rankSum += tied.Count(pair => pair.Second) * (before + (count + 1) / 2.0);
            before += count;
        }

        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
