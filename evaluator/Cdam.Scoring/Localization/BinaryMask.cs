namespace Cdam.Scoring.Localization;

/// <summary>Where an object is in a picture.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Inside">Height × Width bytes, row-major, 1 where the object is, else 0.</param>
public sealed record BinaryMask(int Width, int Height, byte[] Inside)
{
    /// <summary>Reads packed bits: pixels row by row without padding between rows, the first in the highest bit of the first byte.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="bits">⌈width × height / 8⌉ bytes; what follows the last pixel is 0.</param>
    /// <exception cref="InvalidDataException">What was found, and the rule that it breaks.</exception>
    public static BinaryMask OfBits(int width, int height, ReadOnlySpan<byte> bits)
    {
        if (width < 1 || height < 1)
        {
            throw new InvalidDataException($"{width} × {height} pixels; at least 1 × 1 is required.");
        }

        var count = (long)width * height;
        if (bits.Length != (count + 7) / 8)
        {
            throw new InvalidDataException($"{bits.Length} bytes; {width} × {height} pixels need {(count + 7) / 8}.");
        }

        var rest = (int)(count % 8);
        if (rest > 0 && (byte)(bits[^1] << rest) != 0)
        {
            throw new InvalidDataException($"the last byte is {bits[^1]}; its last {8 - rest} bits are beyond the last pixel and must be 0.");
        }

        var inside = new byte[count];
        for (var pixel = 0; pixel < inside.Length; pixel++)
        {
            inside[pixel] = (byte)(bits[pixel / 8] >> (7 - (pixel % 8)) & 1);
        }

        return new BinaryMask(width, height, inside);
    }

    /// <summary>The mask as a resized or cropped picture shows it: each pixel takes what lies under its centre.</summary>
    /// <param name="left">The shown part's left edge, in pixels of this mask; negative where the picture was padded.</param>
    /// <param name="top">Its upper edge, likewise.</param>
    /// <param name="shownWidth">Its width in pixels of this mask, above 0.</param>
    /// <param name="shownHeight">Its height, likewise.</param>
    /// <param name="width">Of the picture, pixels.</param>
    /// <param name="height">Of the picture, pixels.</param>
    /// <returns>Of the picture's size; nothing lies beyond the mask's edges.</returns>
    public BinaryMask Shown(double left, double top, double shownWidth, double shownHeight, int width, int height)
    {
        var columns = Centres(left, shownWidth, width);
        var rows = Centres(top, shownHeight, height);
        var shown = new byte[checked(width * height)];
        for (var pixel = 0; pixel < shown.Length; pixel++)
        {
            var (row, column) = (rows[pixel / width], columns[pixel % width]);
            shown[pixel] = row >= 0 && row < Height && column >= 0 && column < Width
                ? Inside[((int)row * Width) + (int)column]
                : (byte)0;
        }

        return new BinaryMask(width, height, shown);
    }

    /// <summary>In pixels of the mask, rounded down.</summary>
    private static double[] Centres(double start, double extent, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Math.Floor(start + ((i + 0.5) * extent / count)))];
}
