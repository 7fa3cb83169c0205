using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Tests.Lidc.Phantoms;

public sealed class VesselTreeTests
{
    private const int Ends = 200;
    private static readonly List<Point3> EndPoints = Points();
    private static readonly VesselTree Tree = VesselTree.Grow(default, EndPoints, new PhantomRandom(4));

    // The end point of a curve is rounded a few times.
    [Fact]
    public void Grow_EveryEnd_IsReached() =>
        Assert.All(EndPoints, end => Assert.Contains(Tree.Points, point => (point - end).Length < 1e-9));

    [Fact]
    public void Radius_Root_HasTheCubesOfAllEnds()
    {
        var end = Enumerable.Range(0, Tree.Points.Count).Min(Tree.Radius);

        // Newton's iteration ends at rounding; 200 sums of cubes lose less than 12 digits leave.
        Assert.Equal(Ends * end * end * end, Tree.Radius(0) * Tree.Radius(0) * Tree.Radius(0), 1e-9);
    }

    [Fact]
    public void Tubes_Outwards_NeverWiden() => Assert.All(Tree.Tubes(), tube => Assert.True(tube.ToRadius <= tube.FromRadius + 1e-12));

    private static List<Point3> Points()
    {
        var random = new PhantomRandom(8);
        return [.. Enumerable.Range(0, Ends).Select(_ => 60 * random.InBall())];
    }
}
