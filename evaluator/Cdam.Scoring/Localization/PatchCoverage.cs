namespace Cdam.Scoring.Localization;

/// <summary>How much of each cell of a map a mask covers; the same as repeating each score over its pixels, and cheaper.</summary>
public static class PatchCoverage
{
    /// <param name="mask">height × width bytes, row-major, not 0 where the object is.</param>
    /// <param name="height">In pixels, a multiple of <paramref name="rows"/>.</param>
    /// <param name="width">In pixels, a multiple of <paramref name="columns"/>.</param>
    /// <param name="rows">Cells down.</param>
    /// <param name="columns">Cells across.</param>
    /// <returns>rows × columns shares, 0 to 1.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit.</exception>
    public static float[] Of(ReadOnlySpan<byte> mask, int height, int width, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (mask.Length != (long)height * width || height % rows != 0 || width % columns != 0)
        {
            throw new ArgumentException(
                $"mask has {mask.Length} bytes for {height} × {width} pixels and {rows} × {columns} cells; must be height × width bytes and whole cells", nameof(mask));
        }

        var (cellHeight, cellWidth) = (height / rows, width / columns);
        var coverage = new float[rows * columns];
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            coverage[pixel / width / cellHeight * columns + pixel % width / cellWidth] += mask[pixel] == 0 ? 0 : 1;
        }

        for (var cell = 0; cell < coverage.Length; cell++)
        {
            coverage[cell] /= cellHeight * cellWidth;
        }

        return coverage;
    }
}
