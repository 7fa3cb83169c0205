using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Preprocessing;

/// <summary>Turns 8-bit TIFF samples into RGB.</summary>
internal static class TiffColours
{
    /// <param name="layout">Says what the samples mean.</param>
    /// <param name="samples">Height × width × colours, then the alpha if the layout is premultiplied. May be overwritten and kept.</param>
    /// <param name="palette">Tables of red, green, blue; null unless the samples index them.</param>
    public static PixelImage ToRgb(TiffLayout layout, byte[] samples, byte[][]? palette)
    {
        var channels = layout.Kept;
        if (layout.Premultiplied)
        {
            DivideByAlpha(samples, channels);
        }

        var rgb = samples;
        if (channels != 3 || palette is not null)
        {
            rgb = new byte[(long)layout.Width * layout.Height * 3];
            for (int from = 0, to = 0; to < rgb.Length; from += channels, to += 3)
            {
                (rgb[to], rgb[to + 1], rgb[to + 2]) = Colour(layout.Photometric, samples.AsSpan(from, channels), palette);
            }
        }

        return new PixelImage(layout.Width, layout.Height, rgb);
    }

    private static (byte Red, byte Green, byte Blue) Colour(Photometric photometric, ReadOnlySpan<byte> s, byte[][]? palette) =>
        photometric switch
        {
            Photometric.PALETTE => (palette![0][s[0]], palette[1][s[0]], palette[2][s[0]]),
            Photometric.MINISWHITE => ((byte)(255 - s[0]), (byte)(255 - s[0]), (byte)(255 - s[0])),
            Photometric.MINISBLACK => (s[0], s[0], s[0]),
            Photometric.SEPARATED => (Ink(s[0], s[3]), Ink(s[1], s[3]), Ink(s[2], s[3])),
            _ => (s[0], s[1], s[2]),
        };

    // As Pillow: what the black ink leaves, less the colour's share of it, rounded.
    private static byte Ink(byte colour, byte black)
    {
        var left = 255 - black;
        return (byte)(left - (colour * left + 127) / 255);
    }

    private static void DivideByAlpha(byte[] samples, int channels)
    {
        for (var i = 0; i < samples.Length; i += channels)
        {
            var alpha = samples[i + channels - 1];
            for (var c = 0; alpha is not (0 or 255) && c < channels - 1; c++)
            {
                samples[i + c] = (byte)Math.Min(255, 255 * samples[i + c] / alpha);
            }
        }
    }
}
