using Cdam.Randomness;

namespace Cdam.Scenes.Silhouettes;

/// <summary>Bottle, house, mug, umbrella.</summary>
internal static class Household
{
    public static SilhouettePart[] Bottle(RandomStream random)
    {
        var (body, neck, shoulder) = (random.Uniform(0.34, 0.48), random.Uniform(0.12, 0.17), random.Uniform(-0.3, -0.05));
        var mouth = neck + 0.05;
        return
        [
            new(Outline.Polygon(
                (-neck, -0.9), (neck, -0.9), (neck, shoulder - 0.2), (body, shoulder + 0.1), (body, 0.93),
                (body - 0.07, 1), (0.07 - body, 1), (-body, 0.93), (-body, shoulder + 0.1), (-neck, shoulder - 0.2))),
            new(Outline.Box(-mouth, -1, mouth, -0.86)),
        ];
    }

    public static SilhouettePart[] House(RandomStream random)
    {
        var (width, eaves, roof) = (random.Uniform(0.65, 0.85), random.Uniform(-0.25, 0), random.Uniform(0.1, 0.2));
        var door = random.Uniform(-0.3, 0.3);
        return
        [
            new(Outline.Box(0.35, -0.95, 0.55, eaves)),
            new(Outline.Polygon((0, -1), (width + roof, eaves), (-width - roof, eaves))),
            new(Outline.Box(-width, eaves, width, 1)),
            new(Outline.Box(door - 0.17, 0.4, door + 0.17, 1.05), Cut: true),
        ];
    }

    public static SilhouettePart[] Mug(RandomStream random)
    {
        var (rim, foot, height) = (random.Uniform(0.5, 0.6), random.Uniform(0.42, 0.58), random.Uniform(0.65, 0.85));
        var handle = random.Uniform(0.36, 0.5);
        return
        [
            new(Outline.Ellipse(rim - 0.15, 0, handle, handle * 1.15)),
            new(Outline.Ellipse(rim - 0.15, 0, handle * 0.6, handle * 0.7), Cut: true),
            new(Outline.Polygon((-rim - 0.2, -height), (rim - 0.2, -height), (foot - 0.2, height), (-foot - 0.2, height))),
        ];
    }

    public static SilhouettePart[] Umbrella(RandomStream random)
    {
        var (top, stick, scallops) = (random.Uniform(-0.95, -0.75), random.Uniform(0.05, 0.08), random.Integer(3, 4));
        var rim = 0.05;
        var parts = new List<SilhouettePart> { new(Outline.Ellipse(0, rim, 1, rim - top, from: 180, to: 360)) };
        for (var i = 0; i < scallops; i++)
        {
            var width = 1.0 / scallops;
            parts.Add(new(Outline.Ellipse(-1 + (2 * i + 1) * width, rim + 0.02, width * 0.9, 0.16), Cut: true));
        }

        parts.Add(new(Outline.Box(-stick, top - 0.1, stick, 0.85)));
        parts.Add(new(Outline.Ellipse(0.17, 0.8, 0.22, 0.22, from: 0, to: 180)));
        parts.Add(new(Outline.Ellipse(0.17, 0.78, 0.1, 0.1, from: 0, to: 180), Cut: true));
        return [.. parts];
    }
}
