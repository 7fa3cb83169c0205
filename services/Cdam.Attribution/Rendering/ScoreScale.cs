namespace Cdam.Attribution.Rendering;

/// <summary>The scale of one map: bounds its scores are clipped to, and the magnitude drawn at full strength.</summary>
internal readonly struct ScoreScale
{
    private const double LowerQuantile = 0.001;
    private const double UpperQuantile = 0.999;

    private readonly double _low;
    private readonly double _high;
    private readonly double _largest;

    /// <exception cref="ArgumentException">A score is NaN or infinite.</exception>
    public ScoreScale(ReadOnlySpan<float> scores, bool clip)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (!float.IsFinite(scores[i]))
            {
                throw new ArgumentException($"Score {i} is {scores[i]}; every score must be finite.", nameof(scores));
            }
        }

        var sorted = scores.ToArray();
        Array.Sort(sorted);
        _low = clip ? Quantile(sorted, LowerQuantile) : sorted[0];
        _high = clip ? Quantile(sorted, UpperQuantile) : sorted[^1];
        _largest = Math.Max(Math.Abs(_low), Math.Abs(_high));
    }

    /// <summary>A score, clipped, over the map's largest magnitude: −1 to 1; 0 on a map of zeros.</summary>
    public double Relative(float score) => _largest == 0 ? 0 : Math.Clamp(score, _low, _high) / _largest;

    private static double Quantile(float[] sorted, double q)
    {
        var position = q * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * ((double)sorted[above] - sorted[below]);
    }
}
