using Cdam.Randomness;
using OpenCvSharp;

namespace Cdam.Scenes.Painting;

/// <summary>Puts something in front of objects, so that parts of some are hidden.</summary>
internal static class Occluder
{
    private const double Probability = 0.35;

    /// <summary>An object keeps at least this share in sight.</summary>
    private const double LeastVisible = 0.75;

    public static void Paint(Canvas canvas, List<PlacedObject> objects, RandomStream random)
    {
        if (!random.Chance(Probability))
        {
            return;
        }

        var side = canvas.Side;
        var centre = new Point2d(random.Uniform(0, side), random.Uniform(0, side));
        var coverage = Rasterizer.Coverage(side, [Shard.Draw(centre, random.Uniform(0.08, 0.22) * side, random)]);
        if (objects.Any(placed => Hidden(placed, coverage) > 1 - LeastVisible))
        {
            return;
        }

        var main = Colour.Draw(random);
        var texture = new Texture(side, TexturePattern.Plain, main, main, side, 0, random);
        for (var pixel = 0; pixel < coverage.Length; pixel++)
        {
            canvas.Blend(pixel, texture.At(pixel), coverage[pixel]);
        }

        objects.ForEach(placed => placed.HideBelow(coverage));
    }

    private static double Hidden(PlacedObject placed, float[] cover)
    {
        var hidden = placed.Coverage.Zip(cover, (own, other) => own * other).Sum();
        return hidden / Math.Max(1e-6, placed.Coverage.Sum());
    }
}
