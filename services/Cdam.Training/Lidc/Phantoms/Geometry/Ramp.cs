namespace Cdam.Training.Lidc.Phantoms.Geometry;

/// <summary>
/// Smooth steps and unions. Made of +, −, ×, ÷ and √ alone, which IEEE 754 fixes to the bit; exp and sin differ between systems.
/// </summary>
internal static class Ramp
{
    /// <summary>0 below 0, 1 above 1, 3t² − 2t³ between.</summary>
    public static double Smooth(double t)
    {
        t = Math.Clamp(t, 0, 1);
        return t * t * (3 - 2 * t);
    }

    /// <summary>The share of a voxel that an object covers, from the distance to its surface (negative inside): partial volume.</summary>
    /// <param name="distance">mm.</param>
    /// <param name="width">mm over which the edge rises; above 0.</param>
    public static double Coverage(double distance, double width) => Smooth(0.5 - distance / width);

    /// <summary>a at 0, b at 1.</summary>
    public static double Mix(double a, double b, double share) => a + (b - a) * share;

    /// <summary>The distance to the union of two objects, their seam filleted over <paramref name="fillet"/> mm.</summary>
    public static double Union(double a, double b, double fillet)
    {
        var overlap = Math.Max(0, fillet - Math.Abs(a - b)) / fillet;
        return Math.Min(a, b) - overlap * overlap * fillet / 4;
    }

    /// <summary>The distance to what two objects share, the edge rounded over <paramref name="fillet"/> mm.</summary>
    public static double Intersection(double a, double b, double fillet) => -Union(-a, -b, fillet);
}
