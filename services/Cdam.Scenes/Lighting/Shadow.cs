using Cdam.Randomness;
using Cdam.Scenes.Painting;

namespace Cdam.Scenes.Lighting;

/// <summary>Darkens the ground beside an object.</summary>
internal static class Shadow
{
    public static void Cast(Canvas canvas, PlacedObject placed, RandomStream random)
    {
        var side = canvas.Side;
        var (shiftX, shiftY) = (Shift(), Shift());
        var soft = Blur.Apply(side, placed.Coverage, Math.Max(0.8, random.Uniform(0.01, 0.05) * side));
        var strength = (float)random.Uniform(0, 0.6);
        for (var pixel = 0; pixel < soft.Length; pixel++)
        {
            var (row, column) = (pixel / side - shiftY, pixel % side - shiftX);
            if (row >= 0 && row < side && column >= 0 && column < side)
            {
                canvas.Blend(pixel, default, strength * soft[row * side + column]);
            }
        }

        int Shift() => (int)Math.Round(random.Uniform(-0.06, 0.06) * side);
    }
}
