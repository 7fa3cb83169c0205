using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Nodules;

/// <summary>
/// A union of balls around the centre of a unit ball: lobes that bulge, with sharp notches between. Given as a radius for each direction.
/// </summary>
internal sealed class Lobes
{
    private const double Largest = 0.6;     // distance of the balls' centres at lobulation 5
    private const double Core = 0.46;       // radius that no notch goes below
    private readonly (Point3 Direction, double Offset, double Radius)[] _balls;

    /// <param name="lobulation">1 to 5.</param>
    /// <param name="random">For the lobes' places and sizes.</param>
    public Lobes(double lobulation, PhantomRandom random)
    {
        var share = (lobulation - 1) / 4;
        var offset = Largest * 0.5 * (share + Math.Sqrt(share)); // slight lobulation shows too
        var count = random.Integer(5, 7);
        var directions = Spread.Directions(count, random);
        _balls = [.. directions.Select((direction, index) =>
        {
            // One lobe keeps the full extent, so that the diameter stays what it was.
            var own = index == 0 ? offset : offset * random.Uniform(0.8, 1);
            return (direction, own, 1 - offset);
        })];
    }

    /// <summary>From the centre to the surface; 1 everywhere at lobulation 1.</summary>
    public double Radius(Point3 direction)
    {
        var radius = Core;
        foreach (var (axis, offset, own) in _balls)
        {
            var along = axis.Dot(direction);
            var square = own * own - offset * offset * (1 - along * along);
            if (square > 0)
            {
                radius = Math.Max(radius, offset * along + Math.Sqrt(square));
            }
        }

        return radius;
    }
}
