using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cdam.Randomness;

/// <summary>
/// A stream of independent standard normal values, a pure function of (seed, position): Box–Muller on <see cref="Philox"/>.
/// Position 32 g + 8 j + i is value j of counter 8 g + i, so eight counters at a time fill eight lanes.
/// </summary>
public static class GaussianNoise
{
    private const int GroupSize = 32;

    /// <summary>Fills a span with the values at positions <paramref name="first"/>, first + 1, …</summary>
    public static void Fill(Span<float> destination, ulong seed, long first)
    {
        Span<float> group = stackalloc float[GroupSize];
        var skipped = (int)(first % GroupSize);
        if (skipped > 0)
        {
            Group(group, seed, first / GroupSize);
            var taken = Math.Min(GroupSize - skipped, destination.Length);
            group.Slice(skipped, taken).CopyTo(destination);
            destination = destination[taken..];
            first += taken;
        }

        for (; destination.Length >= GroupSize; destination = destination[GroupSize..], first += GroupSize)
        {
            Group(destination, seed, first / GroupSize);
        }

        if (destination.Length > 0)
        {
            Group(group, seed, first / GroupSize);
            group[..destination.Length].CopyTo(destination);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Group(Span<float> destination, ulong seed, long group)
    {
        var (x0, x1, x2, x3) = Philox.Words8((ulong)group * 8, seed);
        var (a, b) = BoxMuller(x0, x1);
        var (c, d) = BoxMuller(x2, x3);
        a.CopyTo(destination);
        b.CopyTo(destination[8..]);
        c.CopyTo(destination[16..]);
        d.CopyTo(destination[24..]);
    }

    /// <summary>√(−2 ln u) (cos 2πv, sin 2πv) for u in (0, 1), v in [0, 1), both of 24 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Cosine, Vector256<float> Sine) BoxMuller(Vector256<uint> x, Vector256<uint> y)
    {
        var unit = Vector256.Create(1f / (1 << 24));
        var u = (Vector256.ConvertToSingle((x >>> 8).AsInt32()) + Vector256.Create(0.5f)) * unit;
        var radius = Vector256.Sqrt(Vector256.Create(-2f) * Vector256.Log(u));

        // v in quarter turns: the nearest whole number of them, and a rest of at most an eighth of a turn.
        var quarters = Vector256.ConvertToSingle((y >>> 8).AsInt32()) * (unit * 4f);
        var whole = Vector256.Round(quarters);
        var angle = (quarters - whole) * (MathF.PI / 2);
        var (sine, cosine) = SineCosine(angle);
        var turn = Vector256.ConvertToInt32(whole);
        var swap = Vector256.Equals(turn & Vector256.Create(1), Vector256.Create(1)).AsSingle();
        var cosineSign = (((turn + Vector256.Create(1)) & Vector256.Create(2)) << 30).AsSingle();
        var sineSign = ((turn & Vector256.Create(2)) << 30).AsSingle();
        var turnedCosine = Vector256.ConditionalSelect(swap, sine, cosine) ^ cosineSign;
        var turnedSine = Vector256.ConditionalSelect(swap, cosine, sine) ^ sineSign;
        return (radius * turnedCosine, radius * turnedSine);
    }

    /// <summary>sin and cos on [−π/4, π/4] by the minimax polynomials of Cephes (sinf, cosf): relative error below 2⁻²³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Sine, Vector256<float> Cosine) SineCosine(Vector256<float> x)
    {
        var square = x * x;
        var sine = Vector256.FusedMultiplyAdd(square, Vector256.Create(-1.9515295891e-4f), Vector256.Create(8.3321608736e-3f));
        sine = Vector256.FusedMultiplyAdd(square, sine, Vector256.Create(-1.6666654611e-1f));
        sine = Vector256.FusedMultiplyAdd(square * x, sine, x);
        var cosine = Vector256.FusedMultiplyAdd(square, Vector256.Create(2.443315711809948e-5f), Vector256.Create(-1.388731625493765e-3f));
        cosine = Vector256.FusedMultiplyAdd(square, cosine, Vector256.Create(4.166664568298827e-2f));
        cosine = Vector256.FusedMultiplyAdd(square * square, cosine, Vector256.FusedMultiplyAdd(square, Vector256.Create(-0.5f), Vector256.Create(1f)));
        return (sine, cosine);
    }
}
