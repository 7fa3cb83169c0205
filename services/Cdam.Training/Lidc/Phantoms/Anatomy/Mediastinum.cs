using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>What lies between the lungs: heart, great vessels, windpipe's branches, fat, and the column before the spine.</summary>
internal sealed class Mediastinum(ThoraxSize size)
{
    private const double FatHu = -90;
    private readonly double _x = size.BodyX;
    private readonly double _y = size.CavityY;

    /// <summary>mm to the surface, negative inside.</summary>
    public double Distance(Point3 local)
    {
        var fillet = 8 * size.Scale;
        var spine = Ellipse.Distance(local.X, local.Y - 0.95 * _y, 0.19 * _x, 0.36 * _y);
        var middle = Ramp.Union(Column(local), Heart(local) - 2, fillet);
        return Ramp.Union(Ramp.Union(middle, spine, fillet), Aorta(local) - 1.5, fillet);
    }

    /// <summary>Hounsfield units within.</summary>
    public double Hounsfield(Point3 local, ValueNoise texture)
    {
        var blood = Ramp.Coverage(Math.Min(Heart(local) + 2, Aorta(local)), 2);
        var tissue = Ramp.Mix(FatHu, 40, Ramp.Coverage(-0.1 - texture.At(local, 8), 0.3));
        var chambers = size.Blood - 0.25 * size.Blood * Ramp.Coverage(texture.At(local, 22), 0.3);
        return Ramp.Mix(Ramp.Mix(tissue, chambers, blood), -990, Ramp.Coverage(Airway(local), 1.5));
    }

    /// <summary>Narrow behind the breastbone, wide between the hila.</summary>
    private double Column(Point3 local)
    {
        var back = Ramp.Smooth((local.Y + _y) / (1.1 * _y));
        return Math.Abs(local.X - 0.03 * _x) - _x * Ramp.Mix(0.05, 0.17, back);
    }

    /// <summary>Larger towards the feet, and mostly on the left.</summary>
    private double Heart(Point3 local)
    {
        var scale = size.Heart * Ramp.Mix(1.05, 0.6, Ramp.Smooth((local.Z / size.Scale + 60) / 110));
        return Ellipse.Distance(local.X - 0.15 * _x * scale, local.Y + 0.36 * _y, 0.34 * _x * scale, 0.42 * _y * scale);
    }

    private double Aorta(Point3 local)
    {
        var radius = 0.068 * _x;
        return Ellipse.Distance(local.X - 0.15 * _x, local.Y - 0.62 * _y, radius, radius);
    }

    /// <summary>The windpipe above, its two main branches below.</summary>
    private double Airway(Point3 local)
    {
        var below = Math.Max(0, 15 * size.Scale - local.Z) * 0.55;
        var radius = _x * (below > 0 ? 0.034 : 0.042);
        return Ellipse.Distance(Math.Abs(local.X) - below, local.Y - 0.22 * _y, radius, radius) + Math.Max(0, below - 0.2 * _x);
    }
}
