namespace Cdam.Scoring.Perturbations;

/// <summary>
/// Pillow's <c>ImageFilter.GaussianBlur(radius=14)</c>, byte for byte: three extended box blurs in each direction (Gwosdek, Grewenig, Bruhn
/// and Weickert, "Theoretical foundations of Gaussian convolution by extended box filtering", SSVM 2011), rounded to bytes after each,
/// the edge pixels repeated beyond the border.
/// </summary>
public static class PillowBlur
{
    /// <summary>Pillow's name for the standard deviation, pixels.</summary>
    public const float Radius = 14;

    /// <summary>Names the blur in results.</summary>
    public const string Description = "pillow-gaussian radius=14";

    private const int Passes = 3;

    /// <summary>Blurs an RGB picture; the input stays as it is.</summary>
    /// <param name="rgb">height × width × 3 bytes, row-major.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <returns>A new array of the same layout.</returns>
    public static byte[] Apply(ReadOnlySpan<byte> rgb, int width, int height) => Apply(rgb, width, height, Radius);

    /// <summary>The same for any radius above 0, pixels.</summary>
    internal static byte[] Apply(ReadOnlySpan<byte> rgb, int width, int height, float radius)
    {
        RgbBytes.Check(rgb, width, height);
        var box = ExtendedBox.ForGaussian(radius, Passes);
        var across = new byte[rgb.Length];
        var line = new byte[Math.Max(width, height)];
        var scratch = new byte[line.Length];
        for (var sample = 0; sample < 3 * height; sample++)
        {
            var start = (sample / 3 * width * 3) + (sample % 3);
            BlurLine(rgb[start..], across.AsSpan(start), 3, line.AsSpan(0, width), scratch.AsSpan(0, width), box);
        }

        var blurred = new byte[rgb.Length];
        for (var start = 0; start < 3 * width; start++)
        {
            BlurLine(across.AsSpan(start), blurred.AsSpan(start), 3 * width, line.AsSpan(0, height), scratch.AsSpan(0, height), box);
        }

        return blurred;
    }

    /// <summary>All passes over the samples of one channel of one row or column, <paramref name="stride"/> bytes apart.</summary>
    private static void BlurLine(ReadOnlySpan<byte> source, Span<byte> destination, int stride, Span<byte> line, Span<byte> scratch, ExtendedBox box)
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = source[i * stride];
        }

        for (var pass = 0; pass < Passes; pass++)
        {
            box.Blur(line, scratch);
            scratch.CopyTo(line);
        }

        for (var i = 0; i < line.Length; i++)
        {
            destination[i * stride] = line[i];
        }
    }
}
