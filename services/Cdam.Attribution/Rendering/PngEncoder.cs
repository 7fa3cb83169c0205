using Cdam.Attribution.Preprocessing;
using SkiaSharp;

namespace Cdam.Attribution.Rendering;

/// <summary>Encodes pictures as PNG.</summary>
public static class PngEncoder
{
    /// <summary>Encodes as 8-bit RGB without alpha, profile or text; the same picture gives the same bytes.</summary>
    /// <param name="picture">Not altered.</param>
    /// <returns>The file.</returns>
    public static byte[] Encode(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgb888x, SKAlphaType.Opaque, null)))
        {
            throw new InsufficientMemoryException($"No memory to encode a picture of {picture.Width} × {picture.Height} pixels.");
        }

        Spread(picture.Rgb, bitmap.GetPixelSpan());
        using var pixels = bitmap.PeekPixels();
        using var file = pixels.Encode(SKPngEncoderOptions.Default)
            ?? throw new InvalidOperationException($"Skia could not encode a picture of {picture.Width} × {picture.Height} pixels.");
        return file.ToArray();
    }

    private static void Spread(ReadOnlySpan<byte> rgb, Span<byte> rgbx)
    {
        for (int i = 0, from = 0; from < rgb.Length; i++, from += 3)
        {
            rgbx[i * 4] = rgb[from];
            rgbx[i * 4 + 1] = rgb[from + 1];
            rgbx[i * 4 + 2] = rgb[from + 2];
            rgbx[i * 4 + 3] = 255;
        }
    }
}
