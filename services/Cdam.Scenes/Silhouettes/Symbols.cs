using Cdam.Randomness;
using OpenCvSharp;

namespace Cdam.Scenes.Silhouettes;

/// <summary>Crescent, cross, heart, ring, star.</summary>
internal static class Symbols
{
    public static SilhouettePart[] Crescent(RandomStream random)
    {
        var shift = random.Uniform(0.35, 0.6);
        var inner = random.Uniform(0.75, 0.88);
        return [new(Outline.Ellipse(0, 0, 1, 1)), new(Outline.Ellipse(shift, random.Uniform(-0.1, 0.1), inner, inner), Cut: true)];
    }

    public static SilhouettePart[] Cross(RandomStream random)
    {
        var (arm, width, height) = (random.Uniform(0.2, 0.36), random.Uniform(0.8, 1), random.Uniform(0.8, 1));
        return [new(Outline.Box(-width, -arm, width, arm)), new(Outline.Box(-arm, -height, arm, height))];
    }

    public static SilhouettePart[] Heart(RandomStream random)
    {
        var (width, notch) = (random.Uniform(0.85, 1.1), random.Uniform(4.5, 6));
        // The usual parametric heart: 16 sin³t across, 13 cos t − 5 cos 2t − 2 cos 3t − cos 4t up.
        return
        [
            new(Outline.Curve(t =>
            {
                var angle = 2 * Math.PI * t;
                var up = 13 * Math.Cos(angle) - notch * Math.Cos(2 * angle) - 2 * Math.Cos(3 * angle) - Math.Cos(4 * angle);
                return new Point2d(width * Math.Pow(Math.Sin(angle), 3), -up / 16);
            })),
        ];
    }

    public static SilhouettePart[] Ring(RandomStream random)
    {
        var (height, hole) = (random.Uniform(0.75, 1), random.Uniform(0.5, 0.72));
        return [new(Outline.Ellipse(0, 0, 1, height)), new(Outline.Ellipse(0, 0, hole, height * hole), Cut: true)];
    }

    public static SilhouettePart[] Star(RandomStream random)
    {
        var (points, inner) = (random.Integer(5, 7), random.Uniform(0.38, 0.52));
        return
        [
            new(Outline.Curve(
                t =>
                {
                    var corner = (int)Math.Round(t * 2 * points);
                    var (sin, cos) = Math.SinCos(Math.PI * corner / points - Math.PI / 2);
                    var radius = corner % 2 == 0 ? 1 : inner;
                    return new Point2d(radius * cos, radius * sin);
                },
                2 * points)),
        ];
    }
}
