using Cdam.Scoring.Randomness;

namespace Cdam.Scoring.Perturbations;

/// <summary>Draws the boxes of the box sensitivity.</summary>
public static class BoxSampler
{
    /// <summary>The paper's number of boxes of each side for an image.</summary>
    public const int BoxesPerSide = 100;

    /// <summary>
    /// Draws corners uniformly, with replacement, from all places at which a box lies within the picture. A pure function of its arguments:
    /// the first boxes of a longer draw are those of a shorter one, and another side's draw changes nothing.
    /// </summary>
    /// <param name="seed">Of the session.</param>
    /// <param name="image">The image's number in the session: the same image must keep its number when it is run again.</param>
    /// <param name="side">Of the boxes, pixels; at least 1, at most the picture's shorter side.</param>
    /// <param name="height">Of the picture, pixels.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="count">How many, at least 2: a correlation needs them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side does not fit the picture, or the count is below 2.</exception>
    public static SquareBoxes Draw(ulong seed, ulong image, int side, int height, int width, int count = BoxesPerSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, Math.Min(height, width));
        var key = CounterRandom.Key(seed, image, (ulong)side);
        var corners = new (int, int)[count];
        for (var i = 0; i < count; i++)
        {
            var counter = 2 * (ulong)i;
            corners[i] = (
                CounterRandom.Below(CounterRandom.Word(key, counter), height - side + 1),
                CounterRandom.Below(CounterRandom.Word(key, counter + 1), width - side + 1));
        }

        return new SquareBoxes(side, corners);
    }
}
