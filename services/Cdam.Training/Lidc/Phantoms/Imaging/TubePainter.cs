using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Imaging;

/// <summary>Paints vessels and airways.</summary>
internal sealed class TubePainter(CtVolume volume)
{
    private const double Blood = 35;
    private const double Wall = -150;
    private const double Lumen = -985;
    private const double LumenShare = 0.72; // of an airway's radius
    private const double EdgeWidth = 0.9;   // mm
    private readonly double[] _offsets = SliceProfile.Offsets(volume.Grid);

    /// <summary>Brightens where blood flows; what is brighter already stays.</summary>
    public void Vessel(Tube tube) => Brighten(tube, Blood);

    /// <summary>All walls first, then all lumens: a wall must not close the next piece's lumen.</summary>
    public void Airways(IReadOnlyList<Tube> airways)
    {
        foreach (var airway in airways)
        {
            Brighten(airway, Wall);
        }

        foreach (var airway in airways)
        {
            var lumen = airway with { FromRadius = LumenShare * airway.FromRadius, ToRadius = LumenShare * airway.ToRadius };
            Paint(lumen, (hounsfield, share) => Ramp.Mix(hounsfield, Math.Min(hounsfield, Lumen), share));
        }
    }

    private void Brighten(Tube tube, double blood) =>
        Paint(tube, (hounsfield, share) => Math.Max(hounsfield, Ramp.Mix(hounsfield, blood, share)));

    private void Paint(Tube tube, Func<double, double, double> mix)
    {
        var grid = volume.Grid;
        var box = grid.Around(tube.From, tube.To, Math.Max(tube.FromRadius, tube.ToRadius) + EdgeWidth / 2 + grid.SliceSpacing / 2);
        for (var slice = box.Slice; slice < box.Slice + box.Slices; slice++)
        {
            var voxels = volume.Slice(slice);
            for (var row = box.Row; row < box.Row + box.Rows; row++)
            {
                for (var column = box.Column; column < box.Column + box.Columns; column++)
                {
                    var share = Share(tube, grid.At(column, row, slice));
                    ref var voxel = ref voxels[row * grid.Matrix + column];
                    voxel = share > 0 ? (float)mix(voxel, share) : voxel;
                }
            }
        }
    }

    private double Share(Tube tube, Point3 voxel)
    {
        var sum = 0.0;
        foreach (var offset in _offsets)
        {
            var (distance, radius) = tube.Distance(voxel with { Z = voxel.Z + offset });

            // A tube thinner than the blur never fills a voxel.
            sum += Ramp.Coverage(distance, EdgeWidth) * Math.Min(1, 1.6 * radius / EdgeWidth);
        }

        return sum / _offsets.Length;
    }
}
