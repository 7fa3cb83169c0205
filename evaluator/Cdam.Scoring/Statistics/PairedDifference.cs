namespace Cdam.Scoring.Statistics;

/// <summary>How two methods differ on the same images. Pairing takes out what the images have in common, so that intervals are narrower.</summary>
public static class PairedDifference
{
    /// <summary>The mean of first − second over images, with its interval.</summary>
    /// <param name="first">A value for each image; NaN where undefined.</param>
    /// <param name="second">The other method's, in the same order of images.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <returns>An image counts as undefined where either value is.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is infinite.</exception>
    public static MeanEstimate Of(IReadOnlyList<double> first, IReadOnlyList<double> second, ulong seed)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} values against {second.Count}; both methods need one for each image.");
        }

        return Bootstrap.Mean([.. first.Zip(second, (a, b) => a - b)], seed);
    }
}
