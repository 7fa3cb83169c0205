namespace Cdam.Scoring.Maps;

/// <summary>Makes a score for each pixel from a score for each token. Managed code, so that every machine ranks alike.</summary>
internal static class TokenExpansion
{
    internal static float[] Expand(ReadOnlySpan<float> scores, TokenGrid grid, MapExpansion expansion) => expansion switch
    {
        MapExpansion.Repetition => Repeat(scores, grid),
        MapExpansion.Bilinear => Interpolate(scores, grid),
        _ => throw new ArgumentOutOfRangeException(nameof(expansion), expansion, "Must be Repetition or Bilinear."),
    };

    private static float[] Repeat(ReadOnlySpan<float> scores, TokenGrid grid)
    {
        var (width, patch) = (grid.Width, grid.PatchSize);
        var pixels = new float[grid.Height * width];
        for (var row = 0; row < grid.Rows; row++)
        {
            var top = pixels.AsSpan(row * patch * width, width);
            for (var column = 0; column < grid.Columns; column++)
            {
                top.Slice(column * patch, patch).Fill(scores[(row * grid.Columns) + column]);
            }

            for (var y = 1; y < patch; y++)
            {
                top.CopyTo(pixels.AsSpan(((row * patch) + y) * width));
            }
        }

        return pixels;
    }

    private static float[] Interpolate(ReadOnlySpan<float> scores, TokenGrid grid)
    {
        var (width, columns) = (grid.Width, grid.Columns);
        var pixels = new float[grid.Height * width];
        var across = Axis(columns, grid.PatchSize);
        var line = new float[columns];
        foreach (var ((above, below, share), y) in Axis(grid.Rows, grid.PatchSize).Select((sample, y) => (sample, y)))
        {
            for (var column = 0; column < columns; column++)
            {
                line[column] = Between(scores[(above * columns) + column], scores[(below * columns) + column], share);
            }

            for (var x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = Between(line[across[x].First], line[across[x].Second], across[x].Share);
            }
        }

        return pixels;
    }

    private static float Between(float first, float second, float share) => first + (share * (second - first));

    /// <summary>For each pixel of an axis two patches and the second one's share.</summary>
    private static (int First, int Second, float Share)[] Axis(int cells, int patch)
    {
        var samples = new (int, int, float)[cells * patch];
        for (var i = 0; i < samples.Length; i++)
        {
            var position = Math.Clamp(((i + 0.5) / patch) - 0.5, 0, cells - 1);
            var first = (int)position;
            samples[i] = (first, Math.Min(first + 1, cells - 1), (float)(position - first));
        }

        return samples;
    }
}
