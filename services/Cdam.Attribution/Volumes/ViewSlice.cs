using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Volumes;

/// <summary>A slice of a crop: 32 × 32 Hounsfield units at 1 mm.</summary>
public sealed class ViewSlice
{
    /// <param name="view">Its direction.</param>
    /// <param name="voxels">32 × 32 Hounsfield units, row by row.</param>
    /// <exception cref="AttributionException">There are more or fewer.</exception>
    public ViewSlice(SliceView view, ReadOnlyMemory<short> voxels)
    {
        const int Needed = VolumeCrop.Side * VolumeCrop.Side;
        if (voxels.Length != Needed)
        {
            throw new AttributionException(view.ToString().ToLowerInvariant(),
                $"has {voxels.Length} voxels; {VolumeCrop.Side} × {VolumeCrop.Side} must be {Needed}");
        }

        (View, Voxels) = (view, voxels);
    }

    /// <summary>Its direction.</summary>
    public SliceView View { get; }

    /// <summary>32 × 32 Hounsfield units, row by row.</summary>
    public ReadOnlyMemory<short> Voxels { get; }
}
