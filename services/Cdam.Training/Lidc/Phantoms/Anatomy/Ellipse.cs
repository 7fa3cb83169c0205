namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>Distances to upright ellipses in an axial plane, mm, negative inside; exact on the axes, near enough elsewhere.</summary>
internal static class Ellipse
{
    private const double Tiny = 1e-9;

    /// <summary>To an ellipse around the origin.</summary>
    /// <param name="x">mm.</param>
    /// <param name="y">mm.</param>
    /// <param name="a">Semi-axis along x, mm.</param>
    /// <param name="b">Semi-axis along y, mm.</param>
    public static double Distance(double x, double y, double a, double b)
    {
        var (u, v) = (x / a, y / b);
        return Radial(x, y, Math.Sqrt(u * u + v * v), Math.Min(a, b));
    }

    /// <summary>To something between an ellipse and the rectangle around it, as a chest's section is.</summary>
    public static double RoundedDistance(double x, double y, double a, double b)
    {
        var (u, v) = (x / a * (x / a), y / b * (y / b));
        var round = Math.Sqrt(u + v);
        var square = Math.Sqrt(Math.Sqrt(u * u + v * v));
        return Radial(x, y, 0.55 * round + 0.45 * square, Math.Min(a, b));
    }

    /// <summary>Along the ray from the middle, from a function that is 1 on the surface and grows in proportion to the distance.</summary>
    private static double Radial(double x, double y, double level, double smallest) =>
        level < Tiny ? -smallest : Math.Sqrt(x * x + y * y) * (1 - 1 / level);
}
