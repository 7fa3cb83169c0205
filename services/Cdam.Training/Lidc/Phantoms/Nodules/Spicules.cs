using Cdam.Training.Lidc.Phantoms.Anatomy;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>Thin strands that radiate from a nodule's surface into the lung, thick at the foot and tapering.</summary>
internal sealed class Spicules
{
    private const double FootRadius = 0.6; // mm, with what spiculation adds
    private const double TipRadius = 0.15;
    private const double Tilt = 0.25;
    private const double Near = 0.6;        // cosine of the angle beyond which a strand is out of reach
    private readonly (Tube Tube, Point3 Direction)[] _strands;

    /// <param name="spiculation">1 (no strand) to 5.</param>
    /// <param name="radius">The nodule's mean radius, mm: large nodules have more and longer strands.</param>
    /// <param name="surface">From the centre to the surface in a direction, mm.</param>
    /// <param name="random">For the strands' places and lengths.</param>
    public Spicules(double spiculation, double radius, Func<Point3, double> surface, PhantomRandom random)
    {
        var share = (spiculation - 1) / 4;
        var size = Math.Clamp(radius / 6, 0.5, 2);
        var count = (int)Math.Round(75 * share * size);
        _strands = [.. Spread.Directions(count, random).Select(direction =>
        {
            var foot = surface(direction);
            var length = (1.5 + 7.5 * share) * Math.Min(size, 1) * random.Uniform(0.35, 1.25);
            var tip = (foot + length) * direction + Tilt * length * random.InBall();
            return (new Tube(0.75 * foot * direction, tip, FootRadius + 0.5 * share, TipRadius), direction);
        })];
        Reach = _strands.Length == 0 ? 0 : _strands.Max(strand => strand.Tube.To.Length);
    }

    /// <summary>Distance of the farthest tip from the centre, mm; 0 without strands.</summary>
    public double Reach { get; }

    /// <summary>mm to the nearest strand, negative inside, and how thick it is there; the greatest number where none is near.</summary>
    /// <param name="offset">From the nodule's centre, mm.</param>
    public (double Distance, double Radius) Distance(Point3 offset)
    {
        var nearest = (Distance: double.MaxValue, Radius: 0.0);
        var near = Near * offset.Length;
        foreach (var (strand, direction) in _strands)
        {
            if (direction.Dot(offset) < near)
            {
                continue;
            }

            var here = strand.Distance(offset);
            nearest = here.Distance < nearest.Distance ? here : nearest;
        }

        return nearest;
    }
}
