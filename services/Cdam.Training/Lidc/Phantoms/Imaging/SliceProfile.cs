using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Imaging;

/// <summary>Where small objects are sampled within a slice, whose thickness blurs them.</summary>
internal static class SliceProfile
{
    private const double Step = 0.9; // mm

    /// <summary>Offsets in z from a slice's middle, mm, evenly over its thickness.</summary>
    public static double[] Offsets(ScanGrid grid)
    {
        var count = Math.Max(1, (int)Math.Round(grid.SliceSpacing / Step));
        return [.. Enumerable.Range(0, count).Select(i => grid.SliceSpacing * ((i + 0.5) / count - 0.5))];
    }
}
