using System.Buffers;

namespace Cdam.Scoring.Perturbations;

/// <summary>
/// Sorts positions by their scores with a radix sort: stable, so that ties keep the lower position first, and linear in the number of
/// scores, where a comparison sort would take most of the time that planning an image takes.
/// </summary>
internal static class ScoreSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int Passes = 3;

    /// <param name="scores">Not NaN; −0 counts as 0.</param>
    /// <param name="indices">As many; filled with positions, that of the smallest score first.</param>
    internal static void Ascending(ReadOnlySpan<float> scores, Span<int> indices)
    {
        var items = ArrayPool<ulong>.Shared.Rent(scores.Length);
        var scratch = ArrayPool<ulong>.Shared.Rent(scores.Length);
        try
        {
            // How often each digit occurs, for all passes at once.
            Span<int> starts = stackalloc int[Passes * Buckets];
            starts.Clear();
            for (var i = 0; i < scores.Length; i++)
            {
                var key = Key(scores[i]);
                items[i] = ((ulong)key << 32) | (uint)i;
                for (var pass = 0; pass < Passes; pass++)
                {
                    starts[(pass * Buckets) + Digit(key, pass)]++;
                }
            }

            var (from, to) = (items, scratch);
            for (var pass = 0; pass < Passes; pass++)
            {
                Scatter(from.AsSpan(0, scores.Length), to, pass, starts.Slice(pass * Buckets, Buckets));
                (from, to) = (to, from);
            }

            for (var i = 0; i < indices.Length; i++)
            {
                indices[i] = (int)(uint)from[i];
            }
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(items);
            ArrayPool<ulong>.Shared.Return(scratch);
        }
    }

    /// <summary>Puts items in the order of one digit. Counts become places on the way.</summary>
    private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, int pass, Span<int> starts)
    {
        var next = 0;
        for (var digit = 0; digit < starts.Length; digit++)
        {
            (starts[digit], next) = (next, next + starts[digit]);
        }

        foreach (var item in from)
        {
            to[starts[Digit((uint)(item >> 32), pass)]++] = item;
        }
    }

    private static int Digit(uint key, int pass) => (int)(key >> (pass * DigitBits)) & (Buckets - 1);

    /// <summary>Maps floats to integers of the same order; −0 counts as 0.</summary>
    internal static uint Key(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);

        // All bits flip below zero, the sign alone above: no branch, which scores of both signs would make unforeseeable.
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
    }
}
