namespace Cdam.Scoring.Localization;

/// <summary>Refuses scores and coverages that do not fit together.</summary>
internal static class CellCoverage
{
    internal static void Check(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        FiniteScores.Check(scores);
        if (scores.Length != coverage.Length)
        {
            throw new ArgumentException($"coverage has {coverage.Length} cells for {scores.Length} scores; must be as many", nameof(coverage));
        }
    }
}
