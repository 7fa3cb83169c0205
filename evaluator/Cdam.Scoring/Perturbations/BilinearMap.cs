namespace Cdam.Scoring.Perturbations;

/// <summary>Scores of patches brought to pixels as torch's <c>interpolate</c> does it (bilinear, align_corners = False).</summary>
public static class BilinearMap
{
    /// <summary>Interpolates linearly between the patches' centres; beyond the outermost ones scores are held.</summary>
    /// <param name="scores">rows × columns scores, row-major.</param>
    /// <param name="rows">Patches down.</param>
    /// <param name="columns">Patches across.</param>
    /// <param name="patchSize">Side of a patch in pixels, at least 1.</param>
    /// <returns>A score for each of (rows × patchSize) × (columns × patchSize) pixels.</returns>
    public static float[] OverPixels(ReadOnlySpan<float> scores, int rows, int columns, int patchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patchSize, 1);
        if (scores.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{scores.Length} scores; {rows} × {columns} are needed.", nameof(scores));
        }

        var (height, width) = (checked(rows * patchSize), checked(columns * patchSize));
        var pixels = new float[checked(height * width)];
        for (var y = 0; y < height; y++)
        {
            var (above, below, down) = Place(y, rows, patchSize);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Place(x, columns, patchSize);
                var upper = Between(scores[(above * columns) + left], scores[(above * columns) + right], across);
                var lower = Between(scores[(below * columns) + left], scores[(below * columns) + right], across);
                pixels[(y * width) + x] = (float)Between(upper, lower, down);
            }
        }

        return pixels;
    }

    /// <summary>The two patches whose centres a pixel's centre lies between, and the second one's share.</summary>
    private static (int First, int Second, double Share) Place(int pixel, int patches, int patchSize)
    {
        var position = Math.Clamp(((pixel + 0.5) / patchSize) - 0.5, 0, patches - 1);
        var first = (int)position;
        return (first, Math.Min(first + 1, patches - 1), position - first);
    }

    private static double Between(double first, double second, double share) => first + (share * (second - first));
}
