namespace Cdam.Scoring.Statistics;

/// <summary>Pearson's linear correlation.</summary>
public static class PearsonCorrelation
{
    /// <param name="x">Finite values.</param>
    /// <param name="y">As many.</param>
    /// <returns>−1 to 1; NaN where either side does not vary, or has fewer than two values.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} values against {y.Length}; equally many are needed.");
        }

        // Asked of the values themselves: the rounding of a mean would make constant values vary.
        if (!Varies(x) || !Varies(y))
        {
            return double.NaN;
        }

        var (meanX, meanY) = (Mean(x), Mean(y));
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    private static bool Varies(ReadOnlySpan<double> values) => values.Length > 0 && values.IndexOfAnyExcept(values[0]) >= 0;

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
