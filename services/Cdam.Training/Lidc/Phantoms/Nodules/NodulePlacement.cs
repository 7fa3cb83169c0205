using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Finds room for nodules in the lungs.</summary>
internal sealed class NodulePlacement(Thorax thorax, LungVessels vessels, ScanGrid grid, PhantomRandom random)
{
    private const int Tries = 20000;
    private const double EndMargin = 4;     // mm between a nodule and the first or last slice
    private const double Gap = 9;           // mm between nodules
    private const double Clearance = 2;     // mm to the pleura of those that do not touch it
    private const double Depth = 0.75;      // of the shortest axis: how far the centre of one that touches lies from the pleura
    private readonly List<(Point3 Centre, double Reach)> _taken = [];

    /// <summary>A centre for a nodule, or null where there is no room for it.</summary>
    /// <param name="attachment">What it is to touch.</param>
    /// <param name="shape">What needs room.</param>
    public Point3? Find(Attachment attachment, NoduleShape shape)
    {
        for (var i = 0; i < Tries; i++)
        {
            var point = Snapped(attachment == Attachment.Vessel ? BesideVessel(shape.ShortestAxis) : Anywhere());
            if (Fits(point, attachment, shape))
            {
                _taken.Add((point, shape.Reach));
                return point;
            }
        }

        return null;
    }

    /// <summary>
    /// Moved to within a quarter of a spacing of a slice's middle, so that the smallest nodules are on one slice at least.
    /// </summary>
    private Point3 Snapped(Point3 point)
    {
        var slice = Math.Round((point.Z - grid.FirstZ) / grid.SliceSpacing);
        return point with { Z = grid.Z(slice + random.Uniform(-0.25, 0.25)) };
    }

    private Point3 Anywhere()
    {
        var half = grid.Field / 2;
        return new Point3(random.Uniform(-half, half), random.Uniform(-half, half), random.Uniform(grid.FirstZ, grid.Z(grid.Slices - 1)));
    }

    /// <summary>A nodule that its vessel enters at the rim.</summary>
    private Point3 BesideVessel(double radius)
    {
        var tree = random.Pick(vessels.Trees);
        var point = random.Integer(0, tree.Points.Count - 1);
        return tree.Points[point] + (radius + 0.3 * tree.Radius(point)) * random.Direction();
    }

    private bool Fits(Point3 point, Attachment attachment, NoduleShape shape)
    {
        var lung = -thorax.LungDistance(point);
        var inPlace = attachment == Attachment.Pleura
            ? Math.Abs(lung - Depth * shape.ShortestAxis) < 0.1 * shape.ShortestAxis
            : lung > shape.LongestAxis + Clearance;
        var ends = Math.Min(point.Z - grid.FirstZ, grid.Z(grid.Slices - 1) - point.Z);
        return inPlace && ends > shape.Reach + EndMargin
            && _taken.TrueForAll(other => (other.Centre - point).Length > other.Reach + shape.Reach + Gap);
    }
}
