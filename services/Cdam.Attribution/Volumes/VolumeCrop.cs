using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Volumes;

/// <summary>The cube that LIDC models look at: 32 × 32 × 32 voxels of 1 mm around a place (Section 5 of the paper).</summary>
public sealed class VolumeCrop
{
    /// <summary>Voxels along each axis.</summary>
    public const int Side = 32;

    /// <summary>The voxel of each axis that lies at the place: the one whose slices are evaluated.</summary>
    public const int Centre = 16;

    /// <summary>Distance between neighbouring voxels' centres, mm.</summary>
    public const double Spacing = 1;

    /// <param name="voxels">32 × 32 × 32 Hounsfield units, z slowest, x fastest.</param>
    /// <exception cref="AttributionException">There are more or fewer.</exception>
    public VolumeCrop(ReadOnlyMemory<short> voxels)
    {
        if (voxels.Length != Side * Side * Side)
        {
            throw new AttributionException("voxels", $"has {voxels.Length} voxels; {Side} × {Side} × {Side} must be {Side * Side * Side}");
        }

        Voxels = voxels;
    }

    /// <summary>32 × 32 × 32 Hounsfield units, z slowest, x fastest.</summary>
    public ReadOnlyMemory<short> Voxels { get; }

    /// <summary>Copies a slice out; <see cref="SliceView"/> says what its rows and columns are.</summary>
    /// <param name="view">The direction.</param>
    /// <param name="index">0 to 31 along the axis that the view fixes.</param>
    public ViewSlice Slice(SliceView view, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Side);
        var (start, row, column) = view switch
        {
            SliceView.Axial => (index * Side * Side, Side, 1),
            SliceView.Coronal => (index * Side, Side * Side, 1),
            _ => (index, Side * Side, Side),
        };
        var voxels = Voxels.Span;
        var slice = new short[Side * Side];
        for (var i = 0; i < slice.Length; i++)
        {
            slice[i] = voxels[start + i / Side * row + i % Side * column];
        }

        return new ViewSlice(view, slice);
    }
}
