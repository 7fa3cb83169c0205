using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Lidc.Phantoms.Imaging;

/// <summary>Paints nodules: lung gives way to the nodule, while denser vessels and the chest wall show through.</summary>
internal static class NodulePainter
{
    public static void Paint(CtVolume volume, PlacedNodule nodule)
    {
        var grid = volume.Grid;
        var offsets = SliceProfile.Offsets(grid);
        var box = grid.Around(nodule.Centre, nodule.Density.Reach + grid.SliceSpacing / 2);
        for (var slice = box.Slice; slice < box.Slice + box.Slices; slice++)
        {
            var voxels = volume.Slice(slice);
            for (var row = box.Row; row < box.Row + box.Rows; row++)
            {
                for (var column = box.Column; column < box.Column + box.Columns; column++)
                {
                    var offset = grid.At(column, row, slice) - nodule.Centre;
                    ref var voxel = ref voxels[row * grid.Matrix + column];
                    voxel = (float)Mixed(voxel, nodule.Density, offset, offsets);
                }
            }
        }
    }

    private static double Mixed(double background, NoduleDensity density, Point3 offset, double[] offsets)
    {
        var sum = 0.0;
        foreach (var z in offsets)
        {
            var (share, hounsfield) = density.At(offset with { Z = offset.Z + z });
            sum += Math.Max(background, Ramp.Mix(background, hounsfield, share));
        }

        return sum / offsets.Length;
    }
}
