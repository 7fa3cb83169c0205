using Cdam.Randomness;

namespace Cdam.Scenes.Lighting;

/// <summary>Lets a flat shape look bulged: its blurred outline is taken for a height, and lit from one side.</summary>
internal static class Relief
{
    /// <returns>side × side factors on the surface's colour.</returns>
    public static float[] Shade(int side, float[] coverage, double extent, RandomStream random)
    {
        var height = Blur.Apply(side, coverage, Math.Max(1, extent * random.Uniform(0.03, 0.08)));
        var (lightY, lightX) = Math.SinCos(random.Uniform(0, 2 * Math.PI));
        var strength = random.Uniform(0.5, 2.5) * extent / 20;
        var ambient = random.Uniform(0.85, 1.1);
        var shade = new float[side * side];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var slopeX = height[row * side + Math.Min(column + 1, side - 1)] - height[row * side + Math.Max(column - 1, 0)];
                var slopeY = height[Math.Min(row + 1, side - 1) * side + column] - height[Math.Max(row - 1, 0) * side + column];
                shade[row * side + column] = (float)Math.Clamp(ambient - strength * (slopeX * lightX + slopeY * lightY), 0.35, 1.6);
            }
        }

        return shade;
    }
}
