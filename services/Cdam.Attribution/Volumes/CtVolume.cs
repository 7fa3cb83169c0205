using System.Globalization;
using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Volumes;

/// <summary>A CT volume in Hounsfield units. Its voxels are not copied and must not change while it is in use.</summary>
public sealed class CtVolume
{
    /// <summary>Hounsfield units of air, which is all that lies outside a volume.</summary>
    public const short Air = -1000;

    private const double SmallestSpacing = 0.01;
    private const double LargestSpacing = 100;

    /// <param name="depth">Voxels along z, at least 1.</param>
    /// <param name="height">Voxels along y, at least 1.</param>
    /// <param name="width">Voxels along x, at least 1.</param>
    /// <param name="voxels">depth × height × width Hounsfield units, x fastest.</param>
    /// <param name="spacing">Distance between neighbouring voxels' centres, mm, each 0.01 to 100.</param>
    /// <exception cref="AttributionException">An extent, the number of voxels or the spacing breaks its rule.</exception>
    public CtVolume(int depth, int height, int width, ReadOnlyMemory<short> voxels, Xyz spacing)
    {
        RequireExtent(depth, "depth");
        RequireExtent(height, "height");
        RequireExtent(width, "width");
        if (voxels.Length != (Int128)depth * height * width)
        {
            throw new AttributionException("voxels",
                $"has {voxels.Length} voxels; {depth} × {height} × {width} must be {(Int128)depth * height * width}");
        }

        RequireSpacing(spacing.X, "spacing.x");
        RequireSpacing(spacing.Y, "spacing.y");
        RequireSpacing(spacing.Z, "spacing.z");
        (Depth, Height, Width, Voxels, Spacing) = (depth, height, width, voxels, spacing);
    }

    /// <summary>Voxels along z.</summary>
    public int Depth { get; }

    /// <summary>Voxels along y.</summary>
    public int Height { get; }

    /// <summary>Voxels along x.</summary>
    public int Width { get; }

    /// <summary>depth × height × width Hounsfield units, x fastest.</summary>
    public ReadOnlyMemory<short> Voxels { get; }

    /// <summary>Distance between neighbouring voxels' centres, mm.</summary>
    public Xyz Spacing { get; }

    /// <summary>That a place lies within the volume.</summary>
    /// <param name="centre">In voxels: 0 is the centre of the first one.</param>
    /// <exception cref="AttributionException">It does not; the axis is named.</exception>
    public void RequireWithin(Xyz centre)
    {
        RequireWithin(centre.X, Width, "centre.x");
        RequireWithin(centre.Y, Height, "centre.y");
        RequireWithin(centre.Z, Depth, "centre.z");
    }

    private static void RequireExtent(int extent, string field)
    {
        if (extent < 1)
        {
            throw new AttributionException(field, $"is {extent}; must be at least 1");
        }
    }

    private static void RequireSpacing(double spacing, string field)
    {
        if (!(spacing is >= SmallestSpacing and <= LargestSpacing))
        {
            throw new AttributionException(field, string.Create(CultureInfo.InvariantCulture,
                $"is {spacing} mm; must be {SmallestSpacing} to {LargestSpacing}"));
        }
    }

    private static void RequireWithin(double position, int extent, string field)
    {
        if (!(position >= -0.5 && position <= extent - 0.5))
        {
            throw new AttributionException(field, string.Create(CultureInfo.InvariantCulture,
                $"is {position} voxels; must lie within the volume, -0.5 to {extent - 0.5}"));
        }
    }
}
