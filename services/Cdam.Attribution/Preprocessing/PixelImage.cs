namespace Cdam.Attribution.Preprocessing;

/// <summary>An 8-bit RGB picture in memory.</summary>
public sealed class PixelImage
{
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rgb">height × width × 3 samples, row-major, interleaved red, green, blue; kept, not copied.</param>
    /// <exception cref="ArgumentException">A size is below 1, or the array's length is not height × width × 3.</exception>
    public PixelImage(int width, int height, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != (long)width * height * 3)
        {
            throw new ArgumentException(
                $"{rgb.Length} samples given; a picture of {width} × {height} pixels has {(long)width * height * 3}.", nameof(rgb));
        }

        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>Height × width × 3 samples of 0–255, row-major, interleaved red, green, blue.</summary>
    public byte[] Rgb { get; }
}
