using Cdam.Randomness;
using Cdam.Scenes.Silhouettes;
using OpenCvSharp;

namespace Cdam.Scenes.Painting;

/// <summary>Shapes that belong to no class: irregular pieces and long strips.</summary>
internal static class Shard
{
    /// <param name="centre">In pixels.</param>
    /// <param name="radius">In pixels.</param>
    public static SilhouettePart Draw(Point2d centre, double radius, RandomStream random) =>
        random.Chance(0.3) ? Strip(centre, radius, random) : Piece(centre, radius, random);

    private static SilhouettePart Piece(Point2d centre, double radius, RandomStream random)
    {
        var corners = random.Integer(3, 7);
        var start = random.Uniform(0, 2 * Math.PI);
        return new SilhouettePart([.. Enumerable.Range(0, corners).Select(corner =>
        {
            var (sin, cos) = Math.SinCos(start + 2 * Math.PI * (corner + random.Uniform(-0.3, 0.3)) / corners);
            var reach = radius * random.Uniform(0.4, 1);
            return new Point2d(centre.X + reach * cos, centre.Y + reach * sin);
        })]);
    }

    private static SilhouettePart Strip(Point2d centre, double radius, RandomStream random)
    {
        var (sin, cos) = Math.SinCos(random.Uniform(0, Math.PI));
        var (length, width) = (radius * random.Uniform(1.5, 3), radius * random.Uniform(0.1, 0.3));
        return new SilhouettePart(
            [.. Outline.Box(-length, -width, length, width).Select(p => new Point2d(centre.X + p.X * cos - p.Y * sin, centre.Y + p.X * sin + p.Y * cos))]);
    }
}
