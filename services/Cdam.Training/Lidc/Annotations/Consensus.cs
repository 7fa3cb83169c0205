using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Annotations;

/// <summary>What the readings of a nodule agree on.</summary>
internal static class Consensus
{
    /// <summary>The voxels that at least half of the readings enclose: the 50 % consensus.</summary>
    /// <param name="masks">At least one.</param>
    /// <returns>Null if there is none; that takes five readings or more.</returns>
    public static VoxelMask? Of(IReadOnlyList<VoxelMask> masks)
    {
        var (x0, y0, z0) = (masks.Min(mask => mask.X0), masks.Min(mask => mask.Y0), masks.Min(mask => mask.Z0));
        var (width, height) = (masks.Max(mask => mask.X0 + mask.Width) - x0, masks.Max(mask => mask.Y0 + mask.Height) - y0);
        var consensus = new VoxelMask(x0, y0, z0, width, height, masks.Max(mask => mask.Z0 + mask.Depth) - z0);
        foreach (var voxel in masks.SelectMany(mask => mask.Voxels()).CountBy(voxel => voxel).Where(votes => 2 * votes.Value >= masks.Count))
        {
            consensus[voxel.Key.X, voxel.Key.Y, voxel.Key.Z] = true;
        }

        return consensus.Count > 0 ? consensus : null;
    }

    /// <summary>The centroid: column and row, with fractions, and the position along the normal in mm. Voxels weigh what they stand for, which
    /// is more beside a missing slice.</summary>
    public static (double X, double Y, double Position) Centroid(VoxelMask mask, SliceAxis slices)
    {
        var (sum, total) = (new Vector3D(0, 0, 0), 0.0);
        foreach (var (x, y, z) in mask.Voxels())
        {
            var weight = slices.Thickness(z);
            sum += new Vector3D(x, y, slices[z]) * weight;
            total += weight;
        }

        return (sum.X / total, sum.Y / total, sum.Z / total);
    }
}
