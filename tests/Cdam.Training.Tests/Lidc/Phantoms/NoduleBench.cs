using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Imaging;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Tests.Lidc.Phantoms;

/// <summary>One nodule in plain lung of −850 HU, without vessels and noise.</summary>
internal sealed class NoduleBench
{
    public const float Lung = -850;
    public static readonly ScanGrid Grid = new(56, 38, 0.7, 1, 0);
    private static readonly Point3 Middle = Grid.At(28, 28, 19);

    private NoduleBench(NoduleTraits traits, ulong seed)
    {
        var random = new PhantomRandom(seed);
        Shape = new NoduleShape(traits, random);
        var density = new NoduleDensity(traits, Shape, new ValueNoise(random), random);
        Volume = new CtVolume(Grid);
        for (var slice = 0; slice < Grid.Slices; slice++)
        {
            Volume.Slice(slice).Fill(Lung);
        }

        NodulePainter.Paint(Volume, new PlacedNodule(Middle, traits, Shape, density));
    }

    /// <summary>Round, sharp, solid, plain: what tests alter.</summary>
    public static NoduleTraits Plain { get; } = new()
    {
        Diameter = 14,
        Sphericity = 5,
        Lobulation = 1,
        Spiculation = 1,
        Margin = 5,
        Texture = 5,
        Calcification = Calcification.Absent,
        Calcium = 600,
        Conspicuity = 0.7,
        Attachment = Attachment.None,
        Unexplained = 0,
    };

    public NoduleShape Shape { get; }

    private CtVolume Volume { get; }

    public static NoduleBench Of(NoduleTraits traits, ulong seed = 5) => new(traits, seed);

    /// <summary>All voxels, as offsets from the nodule's centre with their Hounsfield units.</summary>
    public IEnumerable<(Point3 Offset, double Hounsfield)> Voxels() =>
        from slice in Enumerable.Range(0, Grid.Slices)
        from row in Enumerable.Range(0, Grid.Matrix)
        from column in Enumerable.Range(0, Grid.Matrix)
        select (Grid.At(column, row, slice) - Middle, (double)Volume.Slice(slice)[row * Grid.Matrix + column]);

    /// <summary>Voxels that are in the nodule's outline.</summary>
    public IEnumerable<double> Inside() => Voxels().Where(voxel => Shape.OutlineDistance(voxel.Offset) < 0).Select(voxel => voxel.Hounsfield);

    /// <summary>The steepest step between two neighbours of a row, HU.</summary>
    public double SteepestStep()
    {
        var values = Voxels().Select(voxel => voxel.Hounsfield).ToArray();
        return values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a)).Max();
    }
}
