namespace Cdam.Attribution.Rendering;

/// <summary>
/// The paper's diverging colours: orange for positive scores, cyan-blue for negative ones, black or transparent for zero.
/// </summary>
public static class DivergingColors
{
    private static readonly (double Red, double Green, double Blue) Positive = (1.000, 0.651, 0.000);
    private static readonly (double Red, double Green, double Blue) Negative = (0.000, 0.890, 1.000);

    /// <summary>The colour of a score on a heat map: its hue, darkened linearly down to black at zero.</summary>
    /// <param name="value">Score over the map's largest magnitude, −1 to 1.</param>
    public static (byte Red, byte Green, byte Blue) OnBlack(double value) => Blend(value, Math.Abs(value), (0, 0, 0));

    /// <summary>The colour of a score over a picture: its full hue, blended over the pixel; zero leaves the pixel as it is.</summary>
    /// <param name="value">Score over the map's largest magnitude, −1 to 1.</param>
    /// <param name="opacity">Opacity at magnitude 1, from 0 to 1; it falls linearly to 0 at a score of zero.</param>
    /// <param name="under">The picture's pixel.</param>
    public static (byte Red, byte Green, byte Blue) Over(double value, double opacity, (byte Red, byte Green, byte Blue) under) =>
        Blend(value, Math.Abs(value) * opacity, under);

    private static (byte Red, byte Green, byte Blue) Blend(double value, double alpha, (byte Red, byte Green, byte Blue) under)
    {
        var hue = value < 0 ? Negative : Positive;
        return (Mix(hue.Red, under.Red), Mix(hue.Green, under.Green), Mix(hue.Blue, under.Blue));

        byte Mix(double colour, byte below) => (byte)(alpha * colour * 255 + (1 - alpha) * below + 0.5);
    }
}
