using Cdam.Scoring.Localization;

namespace Cdam.Scoring.Metrics;

/// <summary>Whether the largest score lies on the object.</summary>
public static class PointingGame
{
    public static MetricDefinition Definition { get; } =
        new("pointing_game", "pointing game", MetricDirection.HigherIsBetter, "1", "Zhang et al., arXiv 1608.00507, the pointing game without tolerance", "1", MetricNeeds.Mask);

    /// <param name="scores">A score for each cell, at least one, finite.</param>
    /// <param name="coverage">How much of each cell the object covers, 0 to 1.</param>
    /// <returns>
    /// The object's share of the cells with the largest score: 1 or 0 where one whole cell has it, the chance of a hit among several, and
    /// for a constant map that of a blind guess. NaN where the object covers nothing.
    /// </returns>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scores.Length, nameof(scores));
        CellCoverage.Check(scores, coverage);
        if (!coverage.ContainsAnyExcept(0f))
        {
            return double.NaN;
        }

        var largest = scores[0];
        double inside = 0, cells = 0;
        for (var cell = 0; cell < scores.Length; cell++)
        {
            if (scores[cell] > largest)
            {
                (largest, inside, cells) = (scores[cell], 0, 0);
            }

            if (scores[cell] == largest)
            {
                (inside, cells) = (inside + coverage[cell], cells + 1);
            }
        }

        return inside / cells;
    }
}
