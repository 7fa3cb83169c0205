using Cdam.Scoring.Perturbations;
using OpenCvSharp;

namespace Cdam.Scoring.Metrics;

/// <summary>
/// Structural similarity (SSIM) of two maps, each divided by its own largest |S| so that both lie in [−1, 1]: the mean over all cells of
/// (2 μx μy + C1)(2 σxy + C2) / ((μx² + μy² + C1)(σx² + σy² + C2)), C1 = (0.01 L)², C2 = (0.03 L)², L = 2. Means and (co)variances are taken
/// under a Gaussian window of 11 × 11 cells, σ = 1.5 cells, as in the paper; at the edges, where the paper leaves cells out, the window is
/// cut off and its weights are scaled to sum to 1 again, so that maps of few patches can be compared, and each of their cells counts.
/// </summary>
public static class StructuralSimilarity
{
    private const int WindowSide = 11;
    private const double WindowSigma = 1.5;
    private const double Range = 2;
    private const double C1 = 0.01 * Range * 0.01 * Range;
    private const double C2 = 0.03 * Range * 0.03 * Range;

    public static MetricDefinition Definition { get; } =
        new("structural_similarity", "SSIM", MetricDirection.HigherIsBetter, "1", "Wang et al., IEEE Trans. Image Processing 13(4), 2004, Eq. 13", "1", MetricNeeds.OtherMap);

    /// <summary>The window in words, for reports.</summary>
    public static string Window => "Gaussian 11 × 11 cells, sigma 1.5 cells, cut off at the edges and renormalised";

    /// <param name="first">rows × columns finite scores, row-major.</param>
    /// <param name="second">As many. A map of zeros stays one.</param>
    /// <param name="rows">Cells down, at least 1.</param>
    /// <param name="columns">Cells across, at least 1.</param>
    /// <returns>Between −1 and 1, exactly 1 for a map with itself.</returns>
    /// <exception cref="NativeLibraryMissingException">OpenCV's native library cannot be loaded.</exception>
    public static double Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (first.Length != (long)rows * columns || second.Length != first.Length)
        {
            throw new ArgumentException($"{first.Length} scores and {second.Length} scores; {rows} × {columns} are needed of each.", nameof(first));
        }

        FiniteScores.Check(first);
        FiniteScores.Check(second);
        try
        {
            return Mean(Normalise(first), Normalise(second), rows, columns);
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException)
        {
            throw new NativeLibraryMissingException(fault);
        }
    }

    private static double[] Normalise(ReadOnlySpan<float> scores)
    {
        double largest = 0;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, Math.Abs(score));
        }

        var scale = largest > 0 ? largest : 1;
        return Array.ConvertAll(scores.ToArray(), score => score / scale);
    }

    private static double Mean(double[] x, double[] y, int rows, int columns)
    {
        using var window = Cv2.GetGaussianKernel(WindowSide, WindowSigma, MatType.CV_64F)
            ?? throw new InvalidOperationException("OpenCV made no Gaussian window.");
        var inside = Filter([.. Enumerable.Repeat(1.0, x.Length)]);    // the window's weight within the map
        var (meanX, meanY) = (Filter(x), Filter(y));
        var (squareX, squareY, product) = (Filter(Products(x, x)), Filter(Products(y, y)), Filter(Products(x, y)));
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var (mx, my) = (meanX[i] / inside[i], meanY[i] / inside[i]);
            var (vx, vy, covariance) = (squareX[i] / inside[i] - mx * mx, squareY[i] / inside[i] - my * my, product[i] / inside[i] - mx * my);
            sum += (2 * mx * my + C1) * (2 * covariance + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));
        }

        return sum / x.Length;

        double[] Filter(double[] values)
        {
            var filtered = new double[values.Length];
            using var source = Mat.FromPixelData(rows, columns, MatType.CV_64FC1, values);
            using var destination = Mat.FromPixelData(rows, columns, MatType.CV_64FC1, filtered);

            // Zeros beyond the edges: what is cut off adds nothing.
            Cv2.SepFilter2D(source, destination, MatType.CV_64F, window, window, borderType: BorderTypes.Constant);
            return filtered;
        }
    }

    private static double[] Products(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a * b)];
}
