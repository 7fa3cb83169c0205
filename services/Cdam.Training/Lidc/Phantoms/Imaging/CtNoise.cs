using Cdam.Randomness;
using Cdam.Training.Lidc.Phantoms.Geometry;

namespace Cdam.Training.Lidc.Phantoms.Imaging;

/// <summary>Noise as reconstruction leaves it: normal, and alike in neighbouring pixels (filtered by 1 2 1 in both directions).</summary>
internal static class CtNoise
{
    private const double Lowest = 18; // standard deviation, HU
    private const double Highest = 38;

    // A sum of eight bytes has variance 8 (256² − 1) / 12; the filter, whose squares add up to 3/8 a direction, takes the deviation to 3/8.
    private const double BytesMean = 8 * 127.5;
    private const double BytesDeviation = 209.0215;
    private const double FilterGain = 0.375;

    /// <summary>Adds noise of a deviation that is drawn for the scan.</summary>
    public static void Add(CtVolume volume, PhantomRandom random)
    {
        var deviation = random.Uniform(Lowest, Highest);
        var key = (ulong)random.Integer(0, int.MaxValue) << 32 | (uint)random.Integer(0, int.MaxValue);
        var side = volume.Grid.Matrix;
        var (white, rows) = (new float[(side + 2) * (side + 2)], new float[(side + 2) * (side + 2)]);
        for (var slice = 0; slice < volume.Grid.Slices; slice++)
        {
            White(white, key, (ulong)slice * (ulong)white.Length);
            Add(volume.Slice(slice), side, white, rows, (float)(deviation / FilterGain));
        }
    }

    /// <summary>Independent values of variance 1.</summary>
    private static void White(float[] values, ulong key, ulong first)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            var (a, b, c, d) = Philox.Words(first + (ulong)i, key);
            values[i] = Value(a, b);
            if (i + 1 < values.Length)
            {
                values[i + 1] = Value(c, d);
            }
        }
    }

    private static float Value(uint a, uint b) => (float)((Bytes(a) + Bytes(b) - BytesMean) / BytesDeviation);

    private static double Bytes(uint word)
    {
        var pairs = (word & 0x00FF00FF) + (word >> 8 & 0x00FF00FF);
        return (pairs & 0xFFFF) + (pairs >> 16);
    }

    private static void Add(Span<float> voxels, int side, float[] white, float[] rows, float scale)
    {
        var width = side + 2;
        for (var i = 1; i < white.Length - 1; i++)
        {
            rows[i] = 0.25f * white[i - 1] + 0.5f * white[i] + 0.25f * white[i + 1];
        }

        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var i = (row + 1) * width + column + 1;
                voxels[row * side + column] += scale * (0.25f * rows[i - width] + 0.5f * rows[i] + 0.25f * rows[i + width]);
            }
        }
    }
}
