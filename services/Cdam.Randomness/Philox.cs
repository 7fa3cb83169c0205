using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cdam.Randomness;

/// <summary>
/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a counter in, four random words out. Any
/// part of a stream can be made at any time on any thread.
/// </summary>
public static class Philox
{
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;
    public const uint Weyl0 = 0x9E3779B9;
    public const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words of one counter.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Words(ulong counter, ulong key)
    {
        uint x0 = (uint)counter, x1 = (uint)(counter >> 32), x2 = 0, x3 = 0;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ k1, (uint)product0);
            (k0, k1) = (k0 + Weyl0, k1 + Weyl1);
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>The same for eight counters that follow each other; word j of counter + i is lane i of vector j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<uint> X0, Vector256<uint> X1, Vector256<uint> X2, Vector256<uint> X3) Words8(ulong counter, ulong key)
    {
        if (!Avx2.IsSupported || (uint)counter > uint.MaxValue - 8)
        {
            return Words8Scalar(counter, key);
        }

        var x0 = Vector256.Create((uint)counter) + Vector256<uint>.Indices;
        var x1 = Vector256.Create((uint)(counter >> 32));
        Vector256<uint> x2 = Vector256<uint>.Zero, x3 = Vector256<uint>.Zero;
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (var round = 0; round < Rounds; round++)
        {
            var (high0, low0) = Multiply(x0, Multiplier0);
            var (high1, low1) = Multiply(x2, Multiplier1);
            (x0, x1, x2, x3) = (high1 ^ x1 ^ Vector256.Create(k0), low1, high0 ^ x3 ^ Vector256.Create(k1), low0);
            (k0, k1) = (k0 + Weyl0, k1 + Weyl1);
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>Upper and lower halves of the 64-bit products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> x, uint multiplier)
    {
        var factor = Vector256.Create(multiplier);
        var even = Avx2.Multiply(x, factor).AsUInt32();                                   // lanes 0, 2, 4, 6
        var odd = Avx2.Multiply(Avx2.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32(), factor).AsUInt32();
        var high = Avx2.Blend(Avx2.ShiftRightLogical(even.AsUInt64(), 32).AsUInt32(), odd, 0b10101010);
        var low = Avx2.Blend(even, Avx2.ShiftLeftLogical(odd.AsUInt64(), 32).AsUInt32(), 0b10101010);
        return (high, low);
    }

    private static (Vector256<uint> X0, Vector256<uint> X1, Vector256<uint> X2, Vector256<uint> X3) Words8Scalar(ulong counter, ulong key)
    {
        Span<uint> words = stackalloc uint[32];
        for (var lane = 0; lane < 8; lane++)
        {
            (words[lane], words[8 + lane], words[16 + lane], words[24 + lane]) = Words(counter + (ulong)lane, key);
        }

        return (Vector256.Create<uint>(words), Vector256.Create<uint>(words[8..]), Vector256.Create<uint>(words[16..]), Vector256.Create<uint>(words[24..]));
    }
}
