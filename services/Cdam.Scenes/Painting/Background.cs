using Cdam.Randomness;
using OpenCvSharp;

namespace Cdam.Scenes.Painting;

/// <summary>What objects stand before: a mottled ground, sometimes patterned as objects are, with clutter.</summary>
internal static class Background
{
    private static readonly TexturePattern[] Patterns = Enum.GetValues<TexturePattern>();

    public static void Paint(Canvas canvas, RandomStream random)
    {
        var side = canvas.Side;
        var ground = Colour.Draw(random);
        var patch = Colour.DrawApart(random, 0.15f, ground);
        var noise = NoiseField.Draw(side, random.Integer(2, 6), random.Integer(2, 5), random);
        var texture = Ground(side, ground, random);
        var sharpness = (float)random.Uniform(0.5, 3);
        for (var pixel = 0; pixel < side * side; pixel++)
        {
            var share = Math.Clamp(0.5f + sharpness * noise[pixel], 0, 1);
            canvas.Blend(pixel, texture.At(pixel).Towards(patch, 0.7f * share), 1);
        }

        for (var piece = random.Integer(0, 8); piece > 0; piece--)
        {
            Clutter(canvas, random);
        }
    }

    /// <summary>Faint where patterned: an object's pattern must not be lost in it, and yet its mere presence must not tell.</summary>
    private static Texture Ground(int side, Colour ground, RandomStream random)
    {
        var pattern = random.Chance(0.4) ? random.Pick(Patterns) : TexturePattern.Plain;
        var other = ground.Towards(Colour.Draw(random), 0.4f);
        return new Texture(side, pattern, ground, other, random.Uniform(0.05, 0.2) * side, random.Uniform(0, Math.PI), random);
    }

    private static void Clutter(Canvas canvas, RandomStream random)
    {
        var side = canvas.Side;
        var centre = new Point2d(random.Uniform(0, side), random.Uniform(0, side));
        var shape = Shard.Draw(centre, random.Uniform(0.05, 0.28) * side, random);
        var colour = Colour.Draw(random);
        var coverage = Rasterizer.Coverage(side, [shape]);
        var texture = new Texture(
            side, random.Pick(Patterns), colour, colour.Towards(Colour.Draw(random), 0.5f), random.Uniform(0.05, 0.15) * side, random.Uniform(0, Math.PI), random);
        var opacity = (float)random.Uniform(0.4, 1);
        for (var pixel = 0; pixel < coverage.Length; pixel++)
        {
            if (coverage[pixel] > 0)
            {
                canvas.Blend(pixel, texture.At(pixel), opacity * coverage[pixel]);
            }
        }
    }
}
