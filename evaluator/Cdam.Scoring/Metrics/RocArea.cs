using Cdam.Scoring.Localization;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Metrics;

/// <summary>
/// Area under the ROC curve of the scores as a detector of the object's pixels: the chance that a pixel on the object scores higher than one
/// beside it, where equal scores count half.
/// </summary>
public static class RocArea
{
    public static MetricDefinition Definition { get; } =
        new("roc_area", "AUROC", MetricDirection.HigherIsBetter, "1", "Fawcett, doi:10.1016/j.patrec.2005.10.010", "1", MetricNeeds.Mask);

    /// <param name="scores">A score for each cell, finite.</param>
    /// <param name="coverage">How much of each cell the object covers, 0 to 1: that share of its pixels is on the object, the rest is not.</param>
    /// <returns>0 to 1, 0.5 for a constant map; NaN where the object covers nothing or everything.</returns>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        CellCoverage.Check(scores, coverage);
        var ascending = new int[scores.Length];
        ScoreSort.Ascending(scores, ascending);
        double inside = 0, outside = 0, wins = 0;
        for (int first = 0, end; first < ascending.Length; first = end)
        {
            double tiedInside = 0, tiedOutside = 0;
            for (end = first; end < ascending.Length && scores[ascending[end]] == scores[ascending[first]]; end++)
            {
                tiedInside += coverage[ascending[end]];
                tiedOutside += 1 - coverage[ascending[end]];
            }

            wins += tiedInside * (outside + (tiedOutside / 2));
            (inside, outside) = (inside + tiedInside, outside + tiedOutside);
        }

        return inside > 0 && outside > 0 ? wins / (inside * outside) : double.NaN;
    }
}
