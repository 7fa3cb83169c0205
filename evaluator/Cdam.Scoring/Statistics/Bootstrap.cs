using Cdam.Scoring.Randomness;

namespace Cdam.Scoring.Statistics;

/// <summary>
/// Percentile bootstrap over images (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13): images are drawn with
/// replacement, and the quantiles of the resampled means bound the interval.
/// </summary>
public static class Bootstrap
{
    /// <summary>Resampled means.</summary>
    public const int Resamples = 2000;

    /// <summary>Share of intervals that hold the true mean, in the long run.</summary>
    public const double Confidence = 0.95;

    /// <summary>The mean and its interval. A pure function: the same values in the same order, under the same seed, give the same ends.</summary>
    /// <param name="values">One for each image; NaN is left out and counted.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static MeanEstimate Mean(IReadOnlyList<double> values, ulong seed)
    {
        var defined = values.Where(value => !double.IsNaN(value)).ToArray();
        if (Array.FindIndex(defined, double.IsInfinity) >= 0)
        {
            throw new ArgumentException("A value is infinite; values must be finite, or NaN where undefined.", nameof(values));
        }

        var undefined = values.Count - defined.Length;
        if (defined.Length < 2)
        {
            return new MeanEstimate(defined.Length == 0 ? double.NaN : defined[0], double.NaN, double.NaN, defined.Length, undefined);
        }

        var means = ResampledMeans(defined, CounterRandom.Key(seed));
        Array.Sort(means);
        return new MeanEstimate(
            defined.Average(), Quantile(means, (1 - Confidence) / 2), Quantile(means, (1 + Confidence) / 2), defined.Length, undefined);
    }

    private static double[] ResampledMeans(double[] values, ulong key)
    {
        var means = new double[Resamples];
        var draw = 0UL;
        for (var resample = 0; resample < means.Length; resample++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Length; i++, draw++)
            {
                sum += values[CounterRandom.Below(CounterRandom.Word(key, draw), values.Length)];
            }

            means[resample] = sum / values.Length;
        }

        return means;
    }

    /// <summary>Interpolated linearly between the neighbours in rank, as NumPy does by default.</summary>
    private static double Quantile(double[] ascending, double share)
    {
        var position = share * (ascending.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((position - below) * (ascending[above] - ascending[below]));
    }
}
