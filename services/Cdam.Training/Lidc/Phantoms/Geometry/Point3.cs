namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>
/// A point or a direction, mm. Not <c>System.Numerics.Vector3</c>: its sums are taken in an order that depends on the processor, and
/// phantoms must be the same to the bit everywhere.
/// </summary>
internal readonly record struct Point3(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Point3 operator *(double factor, Point3 a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    public double Dot(Point3 other) => X * other.X + Y * other.Y + Z * other.Z;

    public Point3 Cross(Point3 other) => new(Y * other.Z - Z * other.Y, Z * other.X - X * other.Z, X * other.Y - Y * other.X);

    /// <summary>The unit vector of the same direction; of the zero vector, the x axis.</summary>
    public Point3 Normalized()
    {
        var length = Length;
        return length > 0 ? 1 / length * this : new Point3(1, 0, 0);
    }

    /// <summary>Some unit vector at a right angle to this one, which must not be zero.</summary>
    public Point3 Perpendicular()
    {
        var other = Math.Abs(X) <= Math.Abs(Z) ? new Point3(1, 0, 0) : new Point3(0, 0, 1);
        return Cross(other).Normalized();
    }
}
