using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Imaging;

/// <summary>The scan's voxels.</summary>
internal sealed class CtVolume(ScanGrid grid)
{
    private readonly float[] _voxels = new float[grid.Matrix * grid.Matrix * grid.Slices];

    public ScanGrid Grid => grid;

    /// <summary>Hounsfield units of a slice, row by row.</summary>
    public Span<float> Slice(int slice) => _voxels.AsSpan(slice * grid.Matrix * grid.Matrix, grid.Matrix * grid.Matrix);

    /// <summary>Everything that the scanner sees, noise last.</summary>
    public static CtVolume Scan(PhantomPatient patient)
    {
        var volume = new CtVolume(patient.Grid);
        volume.PaintBody(patient.Thorax);
        var tubes = new TubePainter(volume);
        foreach (var tube in patient.Vessels.Trees.SelectMany(tree => tree.Tubes()))
        {
            tubes.Vessel(tube);
        }

        tubes.Airways(patient.Vessels.Airways);
        foreach (var nodule in patient.Nodules.Concat(patient.SmallNodules))
        {
            NodulePainter.Paint(volume, nodule);
        }

        CtNoise.Add(volume, PhantomRandom.For(patient.Options.Seed, patient.Number, RandomStream.Noise));
        return volume;
    }

    private void PaintBody(Anatomy.Thorax thorax)
    {
        for (var slice = 0; slice < grid.Slices; slice++)
        {
            var voxels = Slice(slice);
            for (var row = 0; row < grid.Matrix; row++)
            {
                for (var column = 0; column < grid.Matrix; column++)
                {
                    voxels[row * grid.Matrix + column] = (float)thorax.Hounsfield(grid.At(column, row, slice));
                }
            }
        }
    }
}
