using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Anatomy;

/// <summary>
/// Arteries or veins of one lung. Each end point, from the hilum outwards, is joined to the nearest point that the tree has by then, and
/// radii follow Murray's law: the cube of a vessel's radius is the sum of its branches' cubes.
/// </summary>
internal sealed class VesselTree
{
    private const double Step = 3;           // mm between the points of a vessel
    private const double EndRadius = 0.32;   // mm
    private const double Wander = 0.35;      // mm: vessels are not drawn with a ruler
    private readonly List<Point3> _points = [];
    private readonly List<int> _parents = [];
    private readonly List<double> _cubes = [];

    private VesselTree(Point3 root) => Add(root, -1);

    /// <summary>Points of the tree; the first is the root.</summary>
    public IReadOnlyList<Point3> Points => _points;

    /// <summary>Grows a tree.</summary>
    /// <param name="root">The hilum.</param>
    /// <param name="ends">Where vessels end.</param>
    /// <param name="random">For the vessels' courses.</param>
    public static VesselTree Grow(Point3 root, IEnumerable<Point3> ends, PhantomRandom random)
    {
        var tree = new VesselTree(root);
        foreach (var end in ends.OrderBy(end => (end - root).Length))
        {
            tree.Join(end, random);
        }

        return tree;
    }

    /// <summary>Radius at a point of the tree, mm.</summary>
    public double Radius(int point) => CubeRoot(_cubes[point]);

    /// <summary>The pieces between the points.</summary>
    public IEnumerable<Tube> Tubes() =>
        Enumerable.Range(1, _points.Count - 1)
            .Select(point =>
            {
                // Where a thin branch leaves a thick vessel, it is thin from the start.
                var fromRadius = Math.Min(Radius(_parents[point]), 1.25 * Radius(point));
                return new Tube(_points[_parents[point]], _points[point], fromRadius, Radius(point));
            });

    /// <summary>Newton's method on a positive number; twelve steps are enough for every vessel of a lung.</summary>
    private static double CubeRoot(double cube)
    {
        var root = Math.Max(EndRadius, Math.Sqrt(cube));
        for (var i = 0; i < 12; i++)
        {
            root = (2 * root + cube / (root * root)) / 3;
        }

        return root;
    }

    private void Join(Point3 end, PhantomRandom random)
    {
        var start = Nearest(end);
        var chord = end - _points[start];
        var steps = Math.Max(1, (int)Math.Ceiling(chord.Length / Step));
        var bend = Onward(start, chord);
        var last = start;
        for (var i = 1; i <= steps; i++)
        {
            var t = (double)i / steps;
            var wander = i < steps ? Wander * random.InBall() : default;
            var point = _points[start] + (2 * t * (1 - t)) * bend + (t * t) * chord + wander;
            last = Add(point, last);
        }

        for (var point = last; point >= 0; point = _parents[point])
        {
            _cubes[point] += EndRadius * EndRadius * EndRadius;
        }
    }

    /// <summary>A branch leaves in a direction between its parent's and its own.</summary>
    private Point3 Onward(int start, Point3 chord)
    {
        var parent = _parents[start];
        var direction = parent < 0 ? chord.Normalized() : (_points[start] - _points[parent]).Normalized();
        return 0.25 * chord + 0.3 * chord.Length * direction;
    }

    private int Nearest(Point3 end)
    {
        var (nearest, smallest) = (0, double.MaxValue);
        for (var i = 0; i < _points.Count; i++)
        {
            var difference = _points[i] - end;
            var square = difference.Dot(difference);
            if (square < smallest)
            {
                (nearest, smallest) = (i, square);
            }
        }

        return nearest;
    }

    private int Add(Point3 point, int parent)
    {
        _points.Add(point);
        _parents.Add(parent);
        _cubes.Add(0);
        return _points.Count - 1;
    }
}
