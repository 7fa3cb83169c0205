using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Samples;

/// <summary>A part of a scan, in voxels.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Bottom">First slice.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Slices.</param>
internal sealed record SampleBox(int Left, int Top, int Bottom, int Width, int Height, int Depth)
{
    /// <summary>The smallest box with everything within <paramref name="margin"/> mm of the nodules' centres that the scan has.</summary>
    public static SampleBox Around(CtSeries series, IReadOnlyList<Nodule> nodules, double margin)
    {
        var geometry = series.Geometry;
        var (left, width) = Range(nodules, 0, margin / geometry.SpacingX, series.Columns);
        var (top, height) = Range(nodules, 1, margin / geometry.SpacingY, series.Rows);
        var (bottom, depth) = Range(nodules, 2, margin / geometry.Slices.MedianSpacing, series.Slices.Count);
        return new SampleBox(left, top, bottom, width, height, depth);
    }

    private static (int First, int Count) Range(IReadOnlyList<Nodule> nodules, int axis, double margin, int size)
    {
        var first = Math.Max(0, (int)Math.Floor(nodules.Min(nodule => nodule.CentreVoxel[axis]) - margin));
        var last = Math.Min(size - 1, (int)Math.Ceiling(nodules.Max(nodule => nodule.CentreVoxel[axis]) + margin));
        return (first, last - first + 1);
    }
}
