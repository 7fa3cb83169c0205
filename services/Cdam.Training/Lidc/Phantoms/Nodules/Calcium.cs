using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Where calcium lies within a nodule that is scaled to the unit ball.</summary>
internal sealed class Calcium
{
    private const double EdgeWidth = 0.9; // mm
    private readonly Calcification _pattern;
    private readonly (Point3 Centre, double Radius)[] _blobs;
    private readonly double _edge;

    /// <param name="pattern">As radiologists name it.</param>
    /// <param name="radius">The nodule's shortest semi-axis, mm.</param>
    /// <param name="random">For the places of blobs.</param>
    public Calcium(Calcification pattern, double radius, PhantomRandom random)
    {
        (_pattern, _edge) = (pattern, EdgeWidth / radius);
        _blobs = pattern switch
        {
            Calcification.Popcorn =>
            [
                .. Spread.Directions(random.Integer(6, 9), random)
                    .Select(direction => (random.Uniform(0.2, 0.65) * direction, random.Uniform(0.17, 0.28))),
            ],
            Calcification.NonCentral => [(0.55 * random.Direction(), random.Uniform(0.28, 0.36))],
            _ => [],
        };
    }

    /// <summary>0 (none) to 1.</summary>
    /// <param name="point">Within the unit ball.</param>
    public double Share(Point3 point) => _pattern switch
    {
        Calcification.Absent => 0,
        Calcification.Solid => Cover(point.Length - 0.9),
        Calcification.Central => Cover(point.Length - 0.45),
        Calcification.Laminated => Math.Max(Cover(Math.Abs(point.Length - 0.8) - 0.1), Cover(Math.Abs(point.Length - 0.35) - 0.1)),
        _ => Cover(_blobs.Min(blob => (point - blob.Centre).Length - blob.Radius)),
    };

    private double Cover(double distance) => Ramp.Coverage(distance, _edge);
}
