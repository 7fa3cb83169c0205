namespace Cdam.Scoring.Planning;

/// <summary>Pixels of about the same score among which a step ends.</summary>
/// <param name="offset">Where they are gathered.</param>
/// <param name="size">How many.</param>
/// <param name="above">Pixels of higher scores.</param>
/// <param name="below">Pixels of lower scores.</param>
internal sealed class SplitBucket(int offset, int size, int above, int below)
{
    private int _gathered;

    /// <summary>Takes a run of neighbouring pixels. Runs come in the order of their indices.</summary>
    internal void Add(ulong[] items, uint key, int pixel, int run)
    {
        for (var x = 0; x < run; x++)
        {
            items[offset + _gathered++] = ((ulong)key << 32) | (uint)(pixel + x);
        }
    }

    /// <summary>Sorts the pixels and sets their first steps. Equal scores keep the lower index first, in both orders.</summary>
    internal void Settle(ulong[] items, int[] counts, byte[] most, byte[] least)
    {
        var mine = items.AsSpan(offset, size);
        var score = (ulong)Score(mine[0]) << 32;
        if (mine.ContainsAnyExceptInRange(score, score | uint.MaxValue))
        {
            mine.Sort();
        }

        var steps = new StepCursor(counts);
        for (var i = 0; i < mine.Length; i++)
        {
            least[Pixel(mine[i])] = steps.At(below + i);
        }

        steps = new StepCursor(counts);
        for (int end = mine.Length, first, place = above; end > 0; end = first)
        {
            first = end - 1;
            while (first > 0 && Score(mine[first - 1]) == Score(mine[end - 1]))
            {
                first--;
            }

            for (var i = first; i < end; i++, place++)
            {
                most[Pixel(mine[i])] = steps.At(place);
            }
        }
    }

    private static uint Score(ulong item) => (uint)(item >> 32);

    private static int Pixel(ulong item) => (int)(uint)item;
}
