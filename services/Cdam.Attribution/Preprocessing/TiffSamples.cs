using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Preprocessing;

/// <summary>Gathers decoded rows of any bit depth and plane order into interleaved 8-bit samples.</summary>
internal sealed class TiffSamples(TiffLayout layout)
{
    private readonly int _stride = layout.Separate ? 1 : layout.Samples;
    private readonly int _scale = layout.Photometric == Photometric.PALETTE ? 1 : 255 / ((1 << Math.Min(layout.Bits, 8)) - 1);

    /// <summary>Height × width × kept samples.</summary>
    public byte[] Values { get; } = new byte[(long)layout.Height * layout.Width * layout.Kept];

    /// <summary>
    /// Stores <paramref name="count"/> pixels from (<paramref name="x"/>, <paramref name="y"/>) to the right: all their samples, or of
    /// separate planes that of one <paramref name="plane"/>. The <paramref name="row"/> is as decoded, 16-bit samples in the machine's byte
    /// order.
    /// </summary>
    public void Put(ReadOnlySpan<byte> row, int x, int y, int count, int plane)
    {
        var to = (y * layout.Width + x) * layout.Kept + plane;
        var taken = layout.Separate ? 1 : layout.Kept;
        for (var i = 0; i < count; i++, to += layout.Kept)
        {
            for (var c = 0; c < taken; c++)
            {
                Values[to + c] = Sample(row, i * _stride + c);
            }
        }
    }

    private byte Sample(ReadOnlySpan<byte> row, int index)
    {
        if (layout.Bits == 8)
        {
            return row[index];
        }

        if (layout.Bits == 16)
        {
            return row[index * 2 + (BitConverter.IsLittleEndian ? 1 : 0)];
        }

        var bit = index * layout.Bits;
        var value = row[bit >> 3] >> (8 - layout.Bits - (bit & 7)) & ((1 << layout.Bits) - 1);
        return (byte)(value * _scale);
    }
}
