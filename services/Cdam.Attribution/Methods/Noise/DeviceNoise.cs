using Cdam.Attribution.Arithmetic;
using Cdam.Randomness;
using static Cdam.Attribution.Arithmetic.TensorArithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Noise;

/// <summary>
/// The values of <see cref="GaussianNoise"/> by tensor operations, to rounding, made where they are needed: fifty samples of 785 × 384
/// values are 60 MB that need not cross to a GPU, nor keep its processor waiting.
/// </summary>
internal static class DeviceNoise
{
    private const int GroupSize = 32;
    private const int Lanes = 8;
    private const int Rounds = 10;
    private const float Unit = 1f / (1 << 24);

    /// <summary>The values at positions <paramref name="first"/>, first + 1, … of a seed's stream.</summary>
    /// <returns>float32, <paramref name="count"/> values.</returns>
    public static Tensor Normal(ulong seed, long first, long count, Device device)
    {
        using var scope = NewDisposeScope();
        var (group, groups) = (first / GroupSize, (first + count + GroupSize - 1) / GroupSize - first / GroupSize);
        var counters = Range(group * Lanes, (group + groups) * Lanes, ScalarType.Int64, device).view(groups, Lanes);
        var words = Words(counters, seed);
        var (a, b) = BoxMuller(words[0], words[1]);
        var (c, d) = BoxMuller(words[2], words[3]);
        return stack([a, b, c, d], 1).view(-1).narrow(0, first % GroupSize, count).MoveToOuterDisposeScope();
    }

    /// <summary><see cref="Philox"/> on 64-bit integers, which the 32-bit products fill to the last bit.</summary>
    private static Tensor[] Words(Tensor counters, ulong key)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        Tensor[] x = [Low(counters), High(counters), zeros_like(counters), zeros_like(counters)];
        for (var round = 0; round < Rounds; round++)
        {
            using var scope = NewDisposeScope();
            var (product0, product1) = (x[0].Times(Philox.Multiplier0), x[2].Times(Philox.Multiplier1));
            Tensor[] next =
            [
                High(product1).bitwise_xor_(x[1]).bitwise_xor_(tensor((long)k0)),
                Low(product1),
                High(product0).bitwise_xor_(x[3]).bitwise_xor_(tensor((long)k1)),
                Low(product0),
            ];
            foreach (var spent in x)
            {
                spent.Dispose();    // Some 30 MB each, forty of them by the last round.
            }

            x = [.. next.Select(word => word.MoveToOuterDisposeScope())];
            (k0, k1) = (k0 + Philox.Weyl0, k1 + Philox.Weyl1);
        }

        return x;
    }

    private static Tensor Low(Tensor product) => product.bitwise_and(tensor((long)uint.MaxValue));

    /// <summary>The shift copies the sign; the mask takes it off again.</summary>
    private static Tensor High(Tensor product) => product.bitwise_right_shift(tensor(32L)).bitwise_and_(tensor((long)uint.MaxValue));

    /// <summary>√(−2 ln u) (cos 2πv, sin 2πv) for u in (0, 1), v in [0, 1), both of 24 bits.</summary>
    private static (Tensor Cosine, Tensor Sine) BoxMuller(Tensor x, Tensor y)
    {
        var radius = Bits(x).AddInPlace(0.5).MultiplyInPlace(Unit).log_().MultiplyInPlace(-2).sqrt_();
        var turns = Bits(y).MultiplyInPlace(Unit);
        var angle = turns.sub_(turns.round()).MultiplyInPlace(2 * Math.PI);    // exact up to the product: small angles lose no digits
        return (radius * angle.cos(), radius * angle.sin());
    }

    private static Tensor Bits(Tensor words) => words.bitwise_right_shift(tensor(8L)).to_type(ScalarType.Float32);
}
