namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>Three unit vectors at right angles to each other.</summary>
internal readonly record struct Frame(Point3 First, Point3 Second, Point3 Third)
{
    /// <summary>A frame of random orientation.</summary>
    public static Frame Random(PhantomRandom random)
    {
        var first = random.Direction();
        var second = first.Cross(random.Direction()).Normalized();
        return new Frame(first, second, first.Cross(second));
    }

    /// <summary>Coordinates along the frame's vectors.</summary>
    public Point3 ToLocal(Point3 world) => new(First.Dot(world), Second.Dot(world), Third.Dot(world));

    /// <summary>The inverse of <see cref="ToLocal"/>.</summary>
    public Point3 ToWorld(Point3 local) => local.X * First + local.Y * Second + local.Z * Third;
}
