using Cdam.Randomness;
using Cdam.Scenes.Silhouettes;
using OpenCvSharp;

namespace Cdam.Scenes;

/// <summary>How an object is turned, mirrored, sheared and seen in perspective.</summary>
/// <param name="Turn">Clockwise, in radians.</param>
/// <param name="Mirror">Whether left and right are exchanged.</param>
/// <param name="Shear">Sideways shift for each unit of height.</param>
/// <param name="Stretch">Height against width.</param>
/// <param name="TiltX">Perspective: how much nearer the right side is.</param>
/// <param name="TiltY">Perspective: how much nearer the lower side is.</param>
internal sealed record Pose(double Turn, bool Mirror, double Shear, double Stretch, double TiltX, double TiltY)
{
    /// <summary>Objects keep to about upright, as most photographs show them.</summary>
    private const double LargestTurn = Math.PI / 8;

    public static Pose Draw(RandomStream random) => new(
        random.Uniform(-LargestTurn, LargestTurn),
        random.Chance(0.5),
        random.Uniform(-0.15, 0.15),
        random.Uniform(0.85, 1.18),
        random.Uniform(-0.15, 0.15),
        random.Uniform(-0.15, 0.15));

    /// <summary>Brings a silhouette into the pose, to a size, and to a place where it lies in the area as far as it fits.</summary>
    /// <param name="parts">In their own unit.</param>
    /// <param name="extent">Longer side of the bounding box, in pixels.</param>
    /// <param name="area">Where to, in pixels.</param>
    public SilhouettePart[] Apply(SilhouettePart[] parts, double extent, Rect2d area, RandomStream random)
    {
        var posed = parts.Select(part => part with { Outline = [.. part.Outline.Select(Transform)] }).ToArray();
        var solid = posed.Where(part => !part.Cut).SelectMany(part => part.Outline).ToList();
        var (left, top) = (solid.Min(point => point.X), solid.Min(point => point.Y));
        var (width, height) = (solid.Max(point => point.X) - left, solid.Max(point => point.Y) - top);
        var scale = extent / Math.Max(width, height);
        var x = Start(area.X, area.Width, width * scale, random);
        var y = Start(area.Y, area.Height, height * scale, random);
        return [.. posed.Select(part => part with
        {
            Outline = [.. part.Outline.Select(point => new Point2d(x + (point.X - left) * scale, y + (point.Y - top) * scale))],
        })];
    }

    private static double Start(double from, double room, double length, RandomStream random) =>
        from + random.Uniform() * (room - length);

    private Point2d Transform(Point2d point)
    {
        var (x, y) = (Mirror ? -point.X : point.X, point.Y * Stretch);
        x += Shear * y;
        var (sin, cos) = Math.SinCos(Turn);
        (x, y) = (x * cos - y * sin, x * sin + y * cos);
        var depth = 1 / (1 - TiltX * x - TiltY * y);
        return new Point2d(x * depth, y * depth);
    }
}
