using Cdam.Randomness;

namespace Cdam.Scenes.Silhouettes;

/// <summary>Butterfly, fir tree, fish, mushroom.</summary>
internal static class Nature
{
    public static SilhouettePart[] Butterfly(RandomStream random)
    {
        var (upper, lower, tilt) = (random.Uniform(0.44, 0.54), random.Uniform(0.3, 0.4), random.Uniform(25, 45));
        return
        [
            new(Outline.Ellipse(-0.5, -0.38, upper, 0.34, tilt)),
            new(Outline.Ellipse(0.5, -0.38, upper, 0.34, -tilt)),
            new(Outline.Ellipse(-0.4, 0.36, lower, 0.28, -tilt)),
            new(Outline.Ellipse(0.4, 0.36, lower, 0.28, tilt)),
            new(Outline.Ellipse(0, 0, 0.1, 0.72)),
        ];
    }

    public static SilhouettePart[] FirTree(RandomStream random)
    {
        var (storeys, width, trunk) = (random.Integer(2, 3), random.Uniform(0.6, 0.8), random.Uniform(0.1, 0.16));
        var parts = new List<SilhouettePart> { new(Outline.Box(-trunk, 0.5, trunk, 1)) };
        for (var storey = 0; storey < storeys; storey++)
        {
            var share = (storey + 1.0) / storeys;
            var (top, bottom, half) = (-1 + 1.1 * (storey / (double)storeys), -1 + 1.65 * share, width * (0.5 + 0.5 * share));
            parts.Add(new(Outline.Polygon((0, top), (half, bottom), (-half, bottom))));
        }

        return [.. parts];
    }

    public static SilhouettePart[] Fish(RandomStream random)
    {
        var (height, tail, fin) = (random.Uniform(0.36, 0.5), random.Uniform(0.38, 0.55), random.Uniform(0.15, 0.3));
        return
        [
            new(Outline.Ellipse(0.2, 0, 0.78, height)),
            new(Outline.Polygon((-0.4, 0), (-1, -tail), (-0.82, 0), (-1, tail))),
            new(Outline.Polygon((-0.1, -height * 0.8), (0.05, -height - fin), (0.45, -height * 0.8))),
        ];
    }

    public static SilhouettePart[] Mushroom(RandomStream random)
    {
        var (stem, foot, brim) = (random.Uniform(0.2, 0.3), random.Uniform(0.26, 0.38), random.Uniform(-0.05, 0.15));
        return
        [
            new(Outline.Polygon((-stem, brim - 0.1), (stem, brim - 0.1), (foot, 0.95), (-foot, 0.95))),
            new(Outline.Ellipse(0, brim, random.Uniform(0.8, 0.95), random.Uniform(0.75, 0.95), from: 180, to: 360)),
        ];
    }
}
