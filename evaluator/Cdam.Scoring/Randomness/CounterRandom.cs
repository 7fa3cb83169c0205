namespace Cdam.Scoring.Randomness;

/// <summary>
/// Random words that are a pure function of a key and a counter: SplitMix64's output function over its own Weyl sequence (Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Any draw can be made alone, on any thread, in any order.
/// </summary>
internal static class CounterRandom
{
    private const ulong Weyl = 0x9E3779B97F4A7C15;

    /// <summary>One key for several numbers, none of which can be swapped for another.</summary>
    internal static ulong Key(params ReadOnlySpan<ulong> parts)
    {
        var key = 0UL;
        foreach (var part in parts)
        {
            key = Mix(Mix(key + Weyl) ^ part);
        }

        return key;
    }

    /// <summary>The word of a counter under a key; under key s, what SplitMix64 seeded with s gives as its output number counter + 1.</summary>
    internal static ulong Word(ulong key, ulong counter) => Mix(key + ((counter + 1) * Weyl));

    /// <summary>A word reduced to 0 … limit − 1; each is off its fair share by at most limit / 2⁶⁴.</summary>
    internal static int Below(ulong word, int limit) => (int)Math.BigMul(word, (ulong)limit, out _);

    private static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }
}
