namespace Cdam.Scoring.Perturbations;

/// <summary>Ranks the pixels of a picture by their scores. Equal scores keep the lower pixel index first, in both orders.</summary>
public static class Ranking
{
    /// <summary>Pixel indices (row × width + column) in the order in which they are replaced.</summary>
    /// <param name="scores">A score for each pixel, row-major, finite.</param>
    /// <param name="order">Which end comes first.</param>
    public static int[] OfPixels(ReadOnlySpan<float> scores, PixelOrder order)
    {
        FiniteScores.Check(scores);
        var keys = new ulong[scores.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var rank = Ascending(scores[i]);
            keys[i] = ((ulong)(order == PixelOrder.MostImportantFirst ? ~rank : rank) << 32) | (uint)i;
        }

        // The index in the lower half makes the keys distinct, so that an unstable sort still keeps ties in index order.
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    /// <summary>Repeats each patch's score over the pixels of its square.</summary>
    /// <param name="scores">rows × columns scores, row-major.</param>
    /// <param name="rows">Patches down.</param>
    /// <param name="columns">Patches across.</param>
    /// <param name="patchSize">Side of a patch in pixels.</param>
    /// <returns>A score for each of (rows × patchSize) × (columns × patchSize) pixels.</returns>
    public static float[] OverPixels(ReadOnlySpan<float> scores, int rows, int columns, int patchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patchSize, 1);
        if (scores.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{scores.Length} scores; {rows} × {columns} are needed.", nameof(scores));
        }

        var width = columns * patchSize;
        var pixels = new float[checked(rows * patchSize * width)];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = scores[(i / width / patchSize * columns) + (i % width / patchSize)];
        }

        return pixels;
    }

    /// <summary>Maps floats to integers of the same order; −0 counts as 0.</summary>
    private static uint Ascending(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
    }
}
