namespace Cdam.Attribution.Preprocessing;

/// <summary>Decodes picture files to 8-bit RGB.</summary>
public static class ImageDecoder
{
    // The longest side a JPEG can have. Longer pictures of few pixels would make the resampling's tables huge.
    private const int LongestSide = 65_535;

    // Pixel buffers of four bytes a pixel must stay addressable by an int.
    private const long MostPixels = int.MaxValue / 4;

    /// <summary>
    /// Decodes a JPEG, PNG, WebP, BMP or TIFF file, told apart by content. The orientation (1–8) that a JPEG, WebP or TIFF states is
    /// applied, a PNG's is not; grey and palette become RGB; of 16-bit samples the high byte is kept; transparency is dropped, not
    /// blended; colour profiles are not applied. Of several frames or pages the first is taken.
    /// </summary>
    /// <param name="data">The whole file.</param>
    /// <param name="limits">Checked on the file's size and on the header's dimensions, before memory for pixels is taken.</param>
    /// <returns>The upright picture.</returns>
    /// <exception cref="ImageException">The file is broken, cut short, unsupported, or over a limit.</exception>
    public static PixelImage Decode(ReadOnlyMemory<byte> data, ImageLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (data.Length > limits.MaxBytes)
        {
            throw new ImageException($"The picture file has {data.Length} bytes; at most {limits.MaxBytes} are accepted.");
        }

        var format = ImageSignature.Read(data.Span);
        return format switch
        {
            ImageFormat.Jpeg or ImageFormat.Png or ImageFormat.WebP or ImageFormat.Bmp => SkiaDecoder.Decode(data, format, limits),
            ImageFormat.Tiff => TiffDecoder.Decode(data, limits),
            _ => throw Unsupported(format, data.Span),
        };
    }

    /// <summary>Checks the dimensions that a header claims.</summary>
    internal static void CheckSize(long width, long height, ImageLimits limits)
    {
        if (width < 1 || height < 1 || width > LongestSide || height > LongestSide)
        {
            throw new ImageException($"The header claims {width} × {height} pixels; each side must have 1 to {LongestSide}.");
        }

        var most = Math.Min(limits.MaxPixels, MostPixels);
        if (width > most / height)
        {
            throw new ImageException($"The picture has {width} × {height} pixels; at most {most} pixels are accepted.");
        }
    }

    private static ImageException Unsupported(ImageFormat format, ReadOnlySpan<byte> data)
    {
        var found = format switch
        {
            ImageFormat.Gif => "is a GIF",
            ImageFormat.Heif => "is a HEIF, AVIF or video file",
            _ when data.IsEmpty => "is empty",
            _ => $"begins with the bytes {Convert.ToHexString(data[..Math.Min(8, data.Length)])}",
        };
        return new ImageException($"The picture file {found}; JPEG, PNG, WebP, BMP and TIFF are supported.");
    }
}
