using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;
using Cdam.Training.Lidc.Phantoms.Nodules;

namespace Cdam.Training.Lidc.Phantoms;

/// <summary>Everything about a patient but the voxels.</summary>
internal sealed class PhantomPatient
{
    private PhantomPatient(int number, PhantomOptions options, ScanGrid grid, Thorax thorax, LungVessels vessels) =>
        (Number, Options, Grid, Thorax, Vessels) = (number, options, grid, thorax, vessels);

    /// <summary>From 1.</summary>
    public int Number { get; }

    public PhantomOptions Options { get; }

    public ScanGrid Grid { get; }

    public Thorax Thorax { get; }

    public LungVessels Vessels { get; }

    /// <summary>Nodules of 3 mm and more, one at least.</summary>
    public required IReadOnlyList<PlacedNodule> Nodules { get; init; }

    /// <summary>Nodules under 3 mm, which get a point and no characteristics.</summary>
    public required IReadOnlyList<PlacedNodule> SmallNodules { get; init; }

    /// <summary>Where vessels look like nodules, and readers say that they are none.</summary>
    public required IReadOnlyList<Point3> NonNodules { get; init; }

    /// <summary>The patient's name in LIDC-IDRI's manner.</summary>
    public string Name => NameOf(Number);

    /// <inheritdoc cref="Name"/>
    public static string NameOf(int number) => $"LIDC-IDRI-{number:0000}";

    /// <summary>Draws a patient: a pure function of seed, number and matrix.</summary>
    public static PhantomPatient Draw(PhantomOptions options, int number)
    {
        PhantomRandom Stream(RandomStream stream) => PhantomRandom.For(options.Seed, number, stream);

        var grid = ScanGrid.Random(options.Matrix, Stream(RandomStream.Scan));
        var body = Stream(RandomStream.Body);
        var texture = new ValueNoise(body);
        var thorax = new Thorax(ThoraxSize.Random(grid.Field, body), grid.MiddleZ, texture);
        var vessels = LungVessels.Grow(thorax, grid, Stream(RandomStream.Vessels));
        var placement = new NodulePlacement(thorax, vessels, grid, Stream(RandomStream.Placement));
        var nodules = new NoduleCast(placement, texture, Stream(RandomStream.Nodules));
        return new PhantomPatient(number, options, grid, thorax, vessels)
        {
            Nodules = nodules.Nodules(),
            SmallNodules = nodules.SmallNodules(),
            NonNodules = Crossings(thorax, vessels, grid, Stream(RandomStream.NonNodules)),
        };
    }

    /// <summary>Up to three points on middling vessels.</summary>
    private static List<Point3> Crossings(Thorax thorax, LungVessels vessels, ScanGrid grid, PhantomRandom random)
    {
        var points = vessels.Trees.SelectMany(tree => Enumerable.Range(0, tree.Points.Count)
                .Where(point => tree.Radius(point) is > 0.8 and < 2).Select(point => tree.Points[point]))
            .Where(point => thorax.LungDistance(point) < -2 && point.Z > grid.FirstZ && point.Z < grid.Z(grid.Slices - 1)).ToList();
        return points.Count == 0 ? [] : [.. Enumerable.Range(0, random.Integer(0, 3)).Select(_ => random.Pick(points))];
    }
}
