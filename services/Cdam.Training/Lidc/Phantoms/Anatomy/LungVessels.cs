using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>Arteries, veins and airways of both lungs.</summary>
internal sealed class LungVessels
{
    private const double VolumePerEnd = 420;     // mm³ of lung that an end vessel serves
    private const double PleuraDistance = 4;     // mm: nearer to the pleura vessels are too small to be seen
    private const double SmallestAirway = 1.15;  // mm: walls of smaller ones are too thin to be seen
    private const double Overhang = 8;           // mm that vessels go on above and below the scan

    private LungVessels(IReadOnlyList<VesselTree> trees, IReadOnlyList<Tube> airways) => (Trees, Airways) = (trees, airways);

    /// <summary>Two trees a lung.</summary>
    public IReadOnlyList<VesselTree> Trees { get; }

    /// <summary>The outsides of the airways, which run beside the arteries.</summary>
    public IReadOnlyList<Tube> Airways { get; }

    /// <summary>Grows the vessels of a body.</summary>
    public static LungVessels Grow(Thorax thorax, ScanGrid grid, PhantomRandom random)
    {
        var trees = new List<VesselTree>();
        var airways = new List<Tube>();
        foreach (var side in (int[])[-1, 1])
        {
            var hilum = thorax.Hilum(side);
            var ends = Ends(thorax, grid, side, random);
            var arteries = VesselTree.Grow(hilum, ends.Where((_, index) => index % 2 == 0), random);
            var veins = VesselTree.Grow(hilum + new Point3(0, -6, -8), ends.Where((_, index) => index % 2 == 1), random);
            trees.AddRange([arteries, veins]);
            airways.AddRange(Beside(arteries, random.Direction()));
        }

        return new LungVessels(trees, airways);
    }

    /// <summary>Uniform over the lung, by trying points of the half of the field.</summary>
    private static List<Point3> Ends(Thorax thorax, ScanGrid grid, int side, PhantomRandom random)
    {
        var half = grid.Field / 2;
        var (low, high) = (grid.FirstZ - Overhang, grid.Z(grid.Slices - 1) + Overhang);
        var tries = (int)(half * grid.Field * (high - low) / VolumePerEnd);
        var ends = new List<Point3>();
        for (var i = 0; i < tries; i++)
        {
            var point = new Point3(side * random.Uniform(0, half), random.Uniform(-half, half), random.Uniform(low, high));
            if (thorax.LungDistance(point) < -PleuraDistance)
            {
                ends.Add(point);
            }
        }

        return ends;
    }

    private static IEnumerable<Tube> Beside(VesselTree arteries, Point3 side)
    {
        foreach (var tube in arteries.Tubes().Where(tube => tube.ToRadius > SmallestAirway))
        {
            var axis = (tube.To - tube.From).Normalized();
            var across = (side - side.Dot(axis) * axis).Normalized();
            yield return new Tube(
                tube.From + 2 * tube.FromRadius * across, tube.To + 2 * tube.ToRadius * across, tube.FromRadius, tube.ToRadius);
        }
    }
}
