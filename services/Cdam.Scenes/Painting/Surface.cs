using Cdam.Randomness;
using Cdam.Scenes.Lighting;

namespace Cdam.Scenes.Painting;

/// <summary>Paints an object: two colours that stand out from what is behind, in its pattern, in relief.</summary>
internal static class Surface
{
    private const float ContrastToGround = 0.35f;
    private const float ContrastWithin = 0.45f;

    public static void Paint(Canvas canvas, PlacedObject placed, RandomStream random)
    {
        var ground = MeanBehind(canvas, placed.Coverage);
        var main = Colour.DrawApart(random, ContrastToGround, ground);
        var other = Colour.DrawApart(random, ContrastWithin, main);
        var period = Math.Max(5, random.Uniform(0.12, 0.24) * placed.Extent);
        // A pattern follows its object's pose or not: stripes run any way.
        var turn = placed.Turn + random.Uniform(0, Math.PI);
        var texture = new Texture(canvas.Side, placed.Pattern, main, other, period, turn, random);
        var relief = Relief.Shade(canvas.Side, placed.Coverage, placed.Extent, random);
        for (var pixel = 0; pixel < placed.Coverage.Length; pixel++)
        {
            if (placed.Coverage[pixel] > 0)
            {
                canvas.Blend(pixel, texture.At(pixel).Times(relief[pixel]), placed.Coverage[pixel]);
            }
        }
    }

    private static Colour MeanBehind(Canvas canvas, float[] coverage)
    {
        var (sum, weight) = (default(Colour), 1e-6f);
        for (var pixel = 0; pixel < coverage.Length; pixel++)
        {
            var colour = canvas[pixel].Times(coverage[pixel]);
            sum = new Colour(sum.Red + colour.Red, sum.Green + colour.Green, sum.Blue + colour.Blue);
            weight += coverage[pixel];
        }

        return sum.Times(1 / weight);
    }
}
