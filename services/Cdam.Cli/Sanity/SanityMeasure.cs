namespace Cdam.Cli.Sanity;

/// <summary>A measure over images.</summary>
/// <param name="Mean">Null where it is defined for no image: all maps of a method rank nothing.</param>
/// <param name="StandardDeviation">Of the images about the mean (n − 1); null for fewer than two.</param>
/// <param name="Images">How many it is defined for.</param>
internal sealed record SanityMeasure(double? Mean, double? StandardDeviation, int Images)
{
    private const double NormalQuantile = 1.96;

    /// <summary>Half the width of the 95 % confidence interval of the mean, by the normal approximation; 0 where there is none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Confidence => StandardDeviation is { } deviation ? NormalQuantile * deviation / Math.Sqrt(Images) : 0;

    /// <param name="values">One for each image; NaN where it is not defined.</param>
    public static SanityMeasure Of(IEnumerable<double> values)
    {
        var defined = values.Where(double.IsFinite).ToList();
        if (defined.Count == 0)
        {
            return new SanityMeasure(null, null, 0);
        }

        var mean = defined.Average();
        double? deviation = defined.Count > 1 ? Math.Sqrt(defined.Sum(value => (value - mean) * (value - mean)) / (defined.Count - 1)) : null;
        return new SanityMeasure(mean, deviation, defined.Count);
    }
}
