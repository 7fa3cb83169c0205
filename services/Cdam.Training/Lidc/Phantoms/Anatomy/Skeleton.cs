using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>Ribs that slope forwards and down, a spine of vertebrae and discs, a breastbone.</summary>
internal sealed class Skeleton(ThoraxSize size)
{
    private const double RibSpacing = 28;   // mm in an adult
    private const double RibSlope = 0.5;
    private const double VertebraSpacing = 26;
    private const double Cortex = 1.4;
    private readonly double _scale = size.Scale;

    /// <summary>mm to the nearest bone, and the Hounsfield units there.</summary>
    /// <param name="local">Relative to the middle of the scan.</param>
    /// <param name="cavity">mm to the pleural cavity.</param>
    public (double Distance, double Hounsfield) Distance(Point3 local, double cavity)
    {
        var (spine, disc) = Spine(local);
        var other = Math.Min(Rib(local, cavity), Breastbone(local));
        var distance = Math.Min(spine, other);
        if (disc && spine < other)
        {
            return (distance, 90);
        }

        // Small people have thin cortices; the marrow is spongy.
        var cortex = Ramp.Coverage(-distance - Cortex * Math.Sqrt(_scale), 1);
        return (distance, Ramp.Mix(210, 620, cortex));
    }

    /// <summary>A flat tube that runs along the chest wall; only the nearest rib counts.</summary>
    private double Rib(Point3 local, double cavity)
    {
        if (cavity < 0)
        {
            return double.MaxValue;
        }

        var spacing = RibSpacing * _scale;
        var height = local.Z - RibSlope * local.Y - size.RibPhase * _scale;
        var above = height - spacing * Math.Round(height / spacing);
        var alongWall = above / Math.Sqrt(1 + RibSlope * RibSlope);
        return Ellipse.Distance(cavity - 0.33 * size.Wall, alongWall, 3.4 * _scale, 6.5 * _scale);
    }

    private (double Distance, bool Disc) Spine(Point3 local)
    {
        var y = local.Y - 0.96 * size.CavityY;
        var body = Ellipse.RoundedDistance(local.X, y, 17 * _scale, 13 * _scale);
        var canalY = y - 21 * _scale;
        var canal = Ellipse.Distance(local.X, canalY, 8 * _scale, 7.5 * _scale);
        var arch = Math.Abs(canal - 2.5 * _scale) - 2.2 * _scale;
        var spinous = Math.Max(Math.Abs(local.X) - 2.6 * _scale, Math.Abs(canalY - 17 * _scale) - 9 * _scale);
        var transverse = Math.Max(Math.Abs(canalY + 2 * _scale) - 3.5 * _scale, Math.Abs(Math.Abs(local.X) - 19 * _scale) - 11 * _scale);
        var processes = Math.Min(arch, Math.Min(spinous, transverse));
        var fromMiddle = Math.Abs(local.Z - VertebraSpacing * _scale * Math.Round(local.Z / (VertebraSpacing * _scale)));
        var disc = fromMiddle > 10 * _scale;
        return disc ? (Math.Min(body, processes), body < processes) : (Math.Min(body, processes), false);
    }

    private double Breastbone(Point3 local) =>
        Ellipse.Distance(local.X, local.Y + size.CavityY + 0.55 * size.Wall, 15 * _scale, 4.5 * _scale);
}
