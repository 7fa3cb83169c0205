namespace Cdam.Scoring.Localization;

/// <summary>Where the positive part of a map lies.</summary>
public static class PositiveMass
{
    /// <summary>The positive mass within a region: Σ max(S_i, 0) × share of cell i that the region covers.</summary>
    /// <param name="scores">Finite, as many as cells.</param>
    /// <param name="coverage">0 to 1 for each cell, as <see cref="PatchCoverage.Of"/> gives.</param>
    public static double Within(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        CellCoverage.Check(scores, coverage);
        var mass = 0.0;
        for (var cell = 0; cell < scores.Length; cell++)
        {
            mass += Math.Max(scores[cell], 0f) * (double)coverage[cell];
        }

        return mass;
    }

    /// <summary>Of the positive mass on two objects, the share on the first.</summary>
    /// <returns>0 to 1; null where neither object has any.</returns>
    public static double? ShareOfTwo(ReadOnlySpan<float> scores, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        var (wanted, other) = (Within(scores, first), Within(scores, second));
        return wanted + other > 0 ? wanted / (wanted + other) : null;
    }

    /// <summary>The share of all positive mass that lies within a region.</summary>
    /// <returns>0 to 1; null where no score is positive.</returns>
    public static double? ShareWithin(ReadOnlySpan<float> scores, ReadOnlySpan<float> coverage)
    {
        var inside = Within(scores, coverage);
        var all = 0.0;
        foreach (var score in scores)
        {
            all += Math.Max(score, 0f);
        }

        return all > 0 ? inside / all : null;
    }
}
