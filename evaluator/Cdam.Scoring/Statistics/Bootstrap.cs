using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>Columns that are resampled together: those of equally many defined values are drawn alike, so that one draw serves all.</summary>
    private static readonly int Lanes = Vector512<double>.Count;

    /// <summary>The mean and its interval. A pure function: the same values in the same order, under the same seed, give the same ends.</summary>
    /// <param name="values">One for each image; NaN is left out and counted.</param>
    /// <param name="seed">Of the draws.</param>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static MeanEstimate Mean(IReadOnlyList<double> values, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        var column = new ImageValues(1);
        for (var i = 0; i < values.Count; i++)
        {
            column.Add([values[i]]);
        }

        return Means(column, seed)[0];
    }

    /// <summary>For each column, bit for bit, what <see cref="Mean(IReadOnlyList{double}, ulong)"/> gives for it alone.</summary>
    /// <param name="values">Of all images.</param>
    /// <param name="seed">Of the draws.</param>
    public static MeanEstimate[] Means(ImageValues values, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(values);
        var estimates = new MeanEstimate[values.Columns];
        var counts = values.Defined.ToArray();
        foreach (var alike in Enumerable.Range(0, counts.Length).GroupBy(column => counts[column]))
        {
            foreach (var columns in alike.Chunk(Lanes))
            {
                Estimate(values, columns, alike.Key, CounterRandom.Key(seed), estimates);
            }
        }

        return estimates;
    }

    /// <param name="values">Of all images.</param>
    /// <param name="columns">At most <see cref="Lanes"/>, of <paramref name="count"/> defined values each.</param>
    /// <param name="count">Of each column.</param>
    /// <param name="key">Of the draws.</param>
    /// <param name="estimates">By column; those of <paramref name="columns"/> are written.</param>
    private static void Estimate(ImageValues values, int[] columns, int count, ulong key, MeanEstimate[] estimates)
    {
        var lanes = Gather(values, columns, count);
        var resampled = count < 2 ? [] : ResampledMeans(lanes, key);
        for (var lane = 0; lane < columns.Length; lane++)
        {
            var means = Array.ConvertAll(resampled, mean => mean[lane]);
            Array.Sort(means);
            var (lower, upper) = count < 2
                ? (double.NaN, double.NaN)
                : (Quantile(means, (1 - Confidence) / 2), Quantile(means, (1 + Confidence) / 2));
            estimates[columns[lane]] = new MeanEstimate(Mean(lanes, lane), lower, upper, count, values.Rows - count);
        }
    }

    /// <summary>The defined values of some columns side by side, in the order of the images.</summary>
    private static Vector512<double>[] Gather(ImageValues values, int[] columns, int count)
    {
        var gathered = new Vector512<double>[count];
        var numbers = MemoryMarshal.Cast<Vector512<double>, double>(gathered.AsSpan());
        var next = new int[columns.Length];
        for (var image = 0; image < values.Rows; image++)
        {
            var row = values.Row(image);
            for (var lane = 0; lane < columns.Length; lane++)
            {
                if (!double.IsNaN(row[columns[lane]]))
                {
                    numbers[(Lanes * next[lane]++) + lane] = row[columns[lane]];
                }
            }
        }

        return gathered;
    }

    private static double Mean(Vector512<double>[] lanes, int lane)
    {
        var sum = 0.0;
        foreach (var values in lanes)
        {
            sum += values[lane];
        }

        return sum / lanes.Length; // NaN of no value
    }

    private static Vector512<double>[] ResampledMeans(Vector512<double>[] lanes, ulong key)
    {
        var means = new Vector512<double>[Resamples];
        var draw = 0UL;
        for (var resample = 0; resample < means.Length; resample++)
        {
            var sum = Vector512<double>.Zero;
            for (var i = 0; i < lanes.Length; i++, draw++)
            {
                sum += lanes[CounterRandom.Below(CounterRandom.Word(key, draw), lanes.Length)];
            }

            means[resample] = sum / Vector512.Create((double)lanes.Length);
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
