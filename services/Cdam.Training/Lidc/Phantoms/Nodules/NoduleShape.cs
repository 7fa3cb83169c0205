using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>The surface of a nodule: an ellipsoid with lobes, and spicules on it. Points are offsets from the centre, mm.</summary>
internal sealed class NoduleShape
{
    private const double Fillet = 0.8;           // mm: spicules widen at their foot
    private const double StoutSpicule = 0.5;     // mm of radius: readers draw round thicker parts, and leave thinner ones out
    private readonly Frame _frame;
    private readonly (double A, double B, double C) _axes;
    private readonly Lobes _lobes;

    /// <param name="traits">Diameter, sphericity, lobulation and spiculation count here.</param>
    /// <param name="random">For everything that they leave open.</param>
    public NoduleShape(NoduleTraits traits, PhantomRandom random)
    {
        _frame = Frame.Random(random);
        _axes = Elongation.Axes(traits.Diameter, traits.Sphericity);
        _lobes = new Lobes(traits.Lobulation, random);
        Spicules = new Spicules(traits.Spiculation, (_axes.A + _axes.B + _axes.C) / 3, SurfaceAlong, random);
        Reach = Math.Max(_axes.A, Spicules.Reach);
    }

    public Spicules Spicules { get; }

    /// <summary>Nothing of the nodule lies farther from its centre, mm, but for a blurred edge.</summary>
    public double Reach { get; }

    /// <summary>Half the extent in the longest direction, spicules apart, mm.</summary>
    public double LongestAxis => _axes.A;

    /// <summary>Half the extent in the shortest direction, mm.</summary>
    public double ShortestAxis => _axes.C;

    /// <summary>The point where the nodule is scaled to the unit ball.</summary>
    public Point3 ToUnitBall(Point3 offset)
    {
        var scaled = Scaled(offset);
        return scaled.Length > 0 ? 1 / _lobes.Radius(scaled.Normalized()) * scaled : scaled;
    }

    /// <summary>mm to the surface, spicules apart, negative inside.</summary>
    public double BodyDistance(Point3 offset)
    {
        var scaled = Scaled(offset);
        var length = scaled.Length;
        if (length < 1e-9)
        {
            return -_axes.C;
        }

        // Level over its gradient, which is exact for balls.
        var lobe = _lobes.Radius(scaled.Normalized());
        var gradient = new Point3(scaled.X / _axes.A, scaled.Y / _axes.B, scaled.Z / _axes.C).Length;
        return (length / lobe - 1) * length * lobe / gradient;
    }

    /// <summary>mm to the surface that a radiologist draws round: spicules as far as they are thick enough.</summary>
    public double OutlineDistance(Point3 offset)
    {
        var body = BodyDistance(offset);
        if (body < -1 || body > Spicules.Reach)
        {
            return body;
        }

        var (distance, radius) = Spicules.Distance(offset);
        return radius < StoutSpicule ? body : Ramp.Union(body, distance, Fillet);
    }

    private Point3 Scaled(Point3 offset)
    {
        var local = _frame.ToLocal(offset);
        return new Point3(local.X / _axes.A, local.Y / _axes.B, local.Z / _axes.C);
    }

    private double SurfaceAlong(Point3 direction)
    {
        var scaled = Scaled(direction);
        return _lobes.Radius(scaled.Normalized()) / scaled.Length;
    }
}
