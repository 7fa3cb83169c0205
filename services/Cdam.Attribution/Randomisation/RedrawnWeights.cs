using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cdam.Attribution.Models;
using Cdam.Randomness;

namespace Cdam.Attribution.Randomisation;

/// <summary>
/// Weights as Vision Transformers start training from: products, convolution, [CLS], registers, positions and head from a normal
/// distribution of standard deviation 0.02 cut at two standard deviations, LayerNorms 1 and 0, biases 0, LayerScale 1 (where it starts
/// at 10⁻⁵, a re-drawn block would let everything through unchanged, and nothing would have been randomised).
/// </summary>
public static class RedrawnWeights
{
    private const float Spread = 0.02f;
    private const float Cut = 2;
    private const int SpareValues = 256;

    /// <summary>The rule in words, for reports.</summary>
    public static string Description =>
        "matrices, convolution and embeddings: normal, std 0.02, cut at 2 std; LayerNorm 1 and 0; biases 0; LayerScale 1; Philox4x32-10 keyed by seed and tensor";

    /// <summary>Draws a tensor: a pure function of its arguments, whatever else is drawn.</summary>
    /// <param name="part">What it belongs to.</param>
    /// <param name="name">Its name in the part.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="seed">Of all weights.</param>
    /// <returns>Row-major values.</returns>
    internal static float[] Draw(ModelPart part, string name, IReadOnlyList<long> shape, ulong seed)
    {
        var values = new float[shape.Aggregate(1L, (product, extent) => checked(product * extent))];
        if (shape.Count > 1)
        {
            FillTruncated(values, Key(part, name, seed));
        }
        else if (name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal))
        {
            Array.Fill(values, 1);
        }

        return values;
    }

    private static void FillTruncated(Span<float> values, ulong key)
    {
        GaussianNoise.Fill(values, key, 0);

        // What is cut off is replaced from the stream's continuation, in order.
        Span<float> spare = stackalloc float[SpareValues];
        long position = values.Length;
        var used = SpareValues;
        foreach (ref var value in values)
        {
            while (Math.Abs(value) > Cut)
            {
                if (used == SpareValues)
                {
                    GaussianNoise.Fill(spare, key, position);
                    (position, used) = (position + SpareValues, 0);
                }

                value = spare[used++];
            }

            value *= Spread;
        }
    }

    /// <summary>A stream of its own for each tensor and seed.</summary>
    private static ulong Key(ModelPart part, string name, ulong seed) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{seed}/{part}/{name}"))));
}
