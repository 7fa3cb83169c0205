using Cdam.Randomness;

namespace Cdam.Scenes.Silhouettes;

/// <summary>Arrow, gear, key.</summary>
internal static class Tools
{
    public static SilhouettePart[] Arrow(RandomStream random)
    {
        var (shaft, head, barb) = (random.Uniform(0.14, 0.26), random.Uniform(-0.1, 0.25), random.Uniform(0.5, 0.75));
        var notch = random.Uniform(-0.15, 0.1);    // Barbs may sweep back.
        return
        [
            new(Outline.Box(-1, -shaft, head + 0.05, shaft)),
            new(Outline.Polygon((1, 0), (head + notch, -barb), (head, 0), (head + notch, barb))),
        ];
    }

    public static SilhouettePart[] Gear(RandomStream random)
    {
        var (teeth, root, hub) = (random.Integer(7, 10), random.Uniform(0.7, 0.8), random.Uniform(0.25, 0.4));
        return
        [
            new(Outline.Polar(angle => angle * teeth / (2 * Math.PI) % 1 < 0.5 ? 1 : root, 16 * teeth)),
            new(Outline.Ellipse(0, 0, hub, hub), Cut: true),
        ];
    }

    public static SilhouettePart[] Key(RandomStream random)
    {
        var (bow, hole, shaft) = (random.Uniform(0.36, 0.46), random.Uniform(0.45, 0.62), random.Uniform(0.09, 0.13));
        var parts = new List<SilhouettePart>
        {
            new(Outline.Ellipse(-1 + bow, 0, bow, bow)),
            new(Outline.Ellipse(-1 + bow, 0, bow * hole, bow * hole), Cut: true),
            new(Outline.Box(-1 + 1.9 * bow, -shaft, 1, shaft)),
        };
        for (var tooth = random.Integer(2, 3); tooth > 0; tooth--)
        {
            var x = 1.12 - 0.24 * tooth;
            parts.Add(new(Outline.Box(x - 0.07, 0, x + 0.07, random.Uniform(0.3, 0.45))));
        }

        return [.. parts];
    }
}
