namespace Cdam.Scoring.Metrics;

/// <summary>The area under a curve of straight pieces.</summary>
public static class TrapezoidArea
{
    /// <summary>Σ (x[i+1] − x[i]) (y[i] + y[i+1]) / 2, in units of x × y.</summary>
    /// <param name="x">At least two positions, ascending.</param>
    /// <param name="y">A value for each.</param>
    public static double Under(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length || x.Length < 2)
        {
            throw new ArgumentException($"{x.Length} positions and {y.Length} values; equally many are needed, at least 2.");
        }

        var area = 0.0;
        for (var i = 1; i < x.Length; i++)
        {
            area += (x[i] - x[i - 1]) * (y[i - 1] + y[i]) / 2;
        }

        return area;
    }
}
