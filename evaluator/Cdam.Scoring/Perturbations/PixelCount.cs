namespace Cdam.Scoring.Perturbations;

/// <summary>Turns a percentage into a number of pixels.</summary>
public static class PixelCount
{
    /// <summary>pixels × percent / 100, halves rounded to the even neighbour.</summary>
    /// <param name="pixels">Height × width, not negative.</param>
    /// <param name="percent">0 to 100.</param>
    public static int Of(int pixels, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        if (!(percent is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentage lies between 0 and 100.");
        }

        return (int)Math.Round(pixels * percent / 100, MidpointRounding.ToEven);
    }
}
