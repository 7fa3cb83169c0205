using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// Pillow's antialiased resampling of 8-bit pictures, bit for bit: models were trained on pictures shrunk by it, and the usual substitutes
/// (no antialiasing, floating point) differ by tens of levels at edges.
/// </summary>
public static class PillowResize
{
    private const int Half = 1 << (ResampleWeights.PrecisionBits - 1);

    /// <summary>
    /// Resizes over the whole area: a horizontal pass rounded to 8 bits, then a vertical one; a side that keeps its size has no pass.
    /// </summary>
    /// <param name="picture">Not altered.</param>
    /// <param name="width">Columns wanted, at least 1.</param>
    /// <param name="height">Rows wanted, at least 1.</param>
    /// <param name="kernel">The filter.</param>
    /// <returns>The picture resized, or the given one if it has that size already.</returns>
    /// <exception cref="ArgumentException">A size is below 1, or the result or the picture between the passes exceeds 2 GB.</exception>
    public static PixelImage Resize(PixelImage picture, int width, int height, ResizeKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((long)width * Math.Max(height, picture.Height) * 3 > Array.MaxLength)
        {
            throw new ArgumentException($"{picture.Width} × {picture.Height} pixels cannot be resized to {width} × {height}: too large.");
        }

        var vertical = height == picture.Height ? null : new ResampleWeights(picture.Height, height, kernel);
        var rgb = picture.Rgb;
        var begin = 0;
        if (width != picture.Width)
        {
            // Only the rows that the vertical pass reads.
            begin = vertical?.Begin ?? 0;
            var horizontal = new ResampleWeights(picture.Width, width, kernel);
            rgb = ResizeRows(picture, horizontal, begin, vertical?.End ?? picture.Height);
        }

        if (vertical is not null)
        {
            rgb = ResizeColumns(rgb, width * 3, begin, vertical);
        }

        return ReferenceEquals(rgb, picture.Rgb) ? picture : new PixelImage(width, height, rgb);
    }

    private static byte[] ResizeRows(PixelImage picture, ResampleWeights weights, int begin, int end)
    {
        var stride = picture.Width * 3;
        var result = GC.AllocateUninitializedArray<byte>((end - begin) * weights.OutputSize * 3);

        // A pixel is read as four bytes, so the picture's very last one is read from a copy that has a byte to spare.
        var padded = new byte[stride + 1];
        for (var y = begin; y < end; y++)
        {
            var row = picture.Rgb.AsSpan(y * stride);
            if (row.Length == stride)
            {
                row.CopyTo(padded);
                row = padded;
            }

            ResizeRow(row, weights, result.AsSpan((y - begin) * weights.OutputSize * 3, weights.OutputSize * 3));
        }

        return result;
    }

    private static void ResizeRow(ReadOnlySpan<byte> row, ResampleWeights weights, Span<byte> result)
    {
        for (var x = 0; x < weights.OutputSize; x++)
        {
            var taps = weights.Weights(x);
            ref var pixel = ref Unsafe.AsRef(in row[weights.First(x) * 3]);
            var sum = Vector128.Create(Half);
            foreach (var weight in taps)
            {
                var samples = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(samples)).AsInt32() * Vector128.Create(weight);
                pixel = ref Unsafe.Add(ref pixel, 3);
            }

            var rounded = Round(sum);
            result[x * 3] = (byte)rounded[0];
            result[x * 3 + 1] = (byte)rounded[1];
            result[x * 3 + 2] = (byte)rounded[2];
        }
    }

    private static byte[] ResizeColumns(byte[] rgb, int stride, int begin, ResampleWeights weights)
    {
        var result = GC.AllocateUninitializedArray<byte>(weights.OutputSize * stride);
        for (var y = 0; y < weights.OutputSize; y++)
        {
            var rows = rgb.AsSpan((weights.First(y) - begin) * stride);
            ResizeColumn(rows, stride, weights.Weights(y), result.AsSpan(y * stride, stride));
        }

        return result;
    }

    /// <summary>One output row from as many input rows as there are taps.</summary>
    private static void ResizeColumn(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> taps, Span<byte> result)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var x = 0;
        for (; x <= stride - 16; x += 16)
        {
            Vector128<int> a, b, c, d;
            a = b = c = d = Vector128.Create(Half);
            for (var i = 0; i < taps.Length; i++)
            {
                var weight = Vector128.Create(taps[i]);
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)(i * stride + x)));
                a += Vector128.WidenLower(low).AsInt32() * weight;
                b += Vector128.WidenUpper(low).AsInt32() * weight;
                c += Vector128.WidenLower(high).AsInt32() * weight;
                d += Vector128.WidenUpper(high).AsInt32() * weight;
            }

            var words = (Vector128.Narrow(Round(a), Round(b)).AsUInt16(), Vector128.Narrow(Round(c), Round(d)).AsUInt16());
            Vector128.Narrow(words.Item1, words.Item2).CopyTo(result[x..]);
        }

        for (; x < stride; x++)
        {
            var sum = Half;
            for (var i = 0; i < taps.Length; i++)
            {
                sum += rows[i * stride + x] * taps[i];
            }

            result[x] = (byte)Math.Clamp(sum >> ResampleWeights.PrecisionBits, 0, 255);
        }
    }

    private static Vector128<int> Round(Vector128<int> sum) =>
        Vector128.Max(Vector128.Min(sum >> ResampleWeights.PrecisionBits, Vector128.Create(255)), Vector128<int>.Zero);
}
