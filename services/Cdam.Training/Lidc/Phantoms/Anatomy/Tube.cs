using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>A straight piece of a vessel, an airway or a spicule, rounded at its ends.</summary>
/// <param name="From">Start, mm.</param>
/// <param name="To">End, mm.</param>
/// <param name="FromRadius">mm.</param>
/// <param name="ToRadius">mm.</param>
internal readonly record struct Tube(Point3 From, Point3 To, double FromRadius, double ToRadius)
{
    /// <summary>mm to the surface, negative inside, and the radius at the nearest point of the axis.</summary>
    public (double Distance, double Radius) Distance(Point3 point)
    {
        var axis = To - From;
        var square = axis.Dot(axis);
        var along = square > 0 ? Math.Clamp((point - From).Dot(axis) / square, 0, 1) : 0;
        var radius = Ramp.Mix(FromRadius, ToRadius, along);
        return ((point - From - along * axis).Length - radius, radius);
    }
}
