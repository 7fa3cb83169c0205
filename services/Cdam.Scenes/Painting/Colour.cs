using Cdam.Randomness;

namespace Cdam.Scenes.Painting;

/// <summary>Red, green and blue, each 0 to 1.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    /// <summary>Any hue, from grey to vivid, from dark to bright.</summary>
    public static Colour Draw(RandomStream random)
    {
        var (hue, saturation, value) = (random.Uniform(0, 6), random.Uniform(0.05, 0.85), random.Uniform(0.2, 0.95));
        // Smith's HSV in the form f(n) = v − v s max(0, min(k, 4 − k, 1)), k = (n + h) mod 6.
        return new Colour(Channel(5), Channel(3), Channel(1));

        float Channel(int offset)
        {
            var k = (offset + hue) % 6;
            return (float)(value - value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1));
        }
    }

    /// <summary>A colour that can be told from others.</summary>
    /// <param name="distance">How far it must be from each, in the unit cube; the farthest of some draws where none is.</param>
    public static Colour DrawApart(RandomStream random, float distance, params ReadOnlySpan<Colour> others)
    {
        var (best, farthest) = (default(Colour), -1f);
        for (var attempt = 0; attempt < 20 && farthest < distance; attempt++)
        {
            var colour = Draw(random);
            var nearest = float.MaxValue;
            foreach (var other in others)
            {
                nearest = MathF.Min(nearest, colour.Distance(other));
            }

            if (nearest > farthest)
            {
                (best, farthest) = (colour, nearest);
            }
        }

        return best;
    }

    public float Distance(Colour other) => MathF.Sqrt(
        (Red - other.Red) * (Red - other.Red) + (Green - other.Green) * (Green - other.Green) + (Blue - other.Blue) * (Blue - other.Blue));

    public Colour Towards(Colour other, float share) =>
        new(Red + share * (other.Red - Red), Green + share * (other.Green - Green), Blue + share * (other.Blue - Blue));

    public Colour Times(float factor) => new(Red * factor, Green * factor, Blue * factor);
}
