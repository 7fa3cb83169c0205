using Cdam.Training.Lidc.Annotations;
using Cdam.Training.Lidc.Volumes;

namespace Cdam.Training.Lidc.Import;

/// <summary>Cuts the surroundings of a nodule out of its scan, at 1 mm along the patient's own axes.</summary>
internal static class CropSampler
{
    /// <summary>Half the diagonal of a crop, in mm: nothing further away is looked at.</summary>
    private static readonly double Reach = Math.Sqrt(3) * NoduleDataset.CentreIndex * NoduleDataset.VoxelMm;

    /// <summary>Reads the slices around the nodule and samples them.</summary>
    /// <param name="series">The scan.</param>
    /// <param name="mask">The nodule's consensus.</param>
    /// <param name="centre">The nodule's centre in the patient.</param>
    /// <param name="cancellation">Looked at before each slice.</param>
    public static NoduleCrop Cut(CtSeries series, VoxelMask mask, Vector3D centre, CancellationToken cancellation)
    {
        var (first, count) = SlicesAround(series.Geometry, centre);
        var volume = CtVolume.Load(series, first, count, cancellation);
        var hounsfield = new short[NoduleDataset.Side * NoduleDataset.Side * NoduleDataset.Side];
        var inside = new byte[hounsfield.Length];
        var padded = 0;
        for (var i = 0; i < hounsfield.Length; i++)
        {
            var at = centre + Offset(i);
            var value = volume.Sample(at);
            padded += value is null ? 1 : 0;
            hounsfield[i] = value is null ? NoduleDataset.Padding : (short)Math.Round(value.Value);
            inside[i] = IsInside(mask, series, at) ? (byte)1 : (byte)0;
        }

        return new NoduleCrop(hounsfield, inside, (double)padded / hounsfield.Length);
    }

    /// <summary>From the nodule's centre to the voxel with the flat index <paramref name="i"/>, in mm.</summary>
    private static Vector3D Offset(int i)
    {
        const int Side = NoduleDataset.Side;
        const int Centre = NoduleDataset.CentreIndex;
        return new Vector3D(i % Side - Centre, i / Side % Side - Centre, i / Side / Side - Centre) * NoduleDataset.VoxelMm;
    }

    /// <summary>
    /// The mask as a function that is 1 inside and 0 outside, interpolated linearly, is at least one half. Of the ways that were
    /// compared this keeps the volume best on thick slices.
    /// </summary>
    private static bool IsInside(VoxelMask mask, CtSeries series, Vector3D at) => Trilinear.Sample(
        series.Geometry.ToVoxel(at), series.Columns, series.Rows, series.Slices.Count, (x, y, z) => mask[x, y, z] ? 1 : 0) >= 0.5;

    /// <summary>The slices that the crop touches and one more at each end, at least two.</summary>
    private static (int First, int Count) SlicesAround(ScanGeometry geometry, Vector3D centre)
    {
        var slices = geometry.Slices;
        var position = geometry.ToPosition(centre);
        var first = Math.Clamp((int)Math.Floor(slices.ToIndex(position - Reach)), 0, slices.Count - 2);
        var last = Math.Clamp((int)Math.Ceiling(slices.ToIndex(position + Reach)), first + 1, slices.Count - 1);
        return (first, last - first + 1);
    }
}
