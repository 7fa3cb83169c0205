using Cdam.Scoring.Localization;

namespace Cdam.Scoring.Metrics;

/// <summary>Share of the positive mass that lies on the object.</summary>
public static class PositiveMassInside
{
    public static MetricDefinition Definition { get; } =
        new("positive_mass_inside", "mass inside", MetricDirection.HigherIsBetter, "1", "Kohlbrenner et al., arXiv 1910.09840", "1", MetricNeeds.Mask);

    /// <param name="scores">A score for each cell, finite.</param>
    /// <param name="coverage">How much of each cell the object covers, 0 to 1, as <see cref="PatchCoverage.Of"/> gives.</param>
    /// <returns>0 to 1; NaN where no score is positive, or the object covers nothing.</returns>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        var share = PositiveMass.ShareWithin(scores, coverage);
        return coverage.ContainsAnyExcept(0f) ? share ?? double.NaN : double.NaN;
    }
}
