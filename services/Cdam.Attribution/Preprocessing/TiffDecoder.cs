using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Preprocessing;

/// <summary>Decodes the first page of a TIFF, in strips or tiles.</summary>
internal static class TiffDecoder
{
    public static PixelImage Decode(ReadOnlyMemory<byte> data, ImageLimits limits)
    {
        TiffDirectory.Check(data.Span, limits);
        using var source = TiffSource.Over(data);
        try
        {
            using var tiff = Tiff.ClientOpen("TIFF", "r", source, new TiffStream()) ?? throw Broken(source);
            var layout = TiffLayout.Read(tiff, data.Length, limits);
            var palette = layout.Photometric == Photometric.PALETTE ? ReadPalette(tiff, layout.Bits) : null;
            var samples = ReadSamples(tiff, layout, source);
            if (source.Fault is not null)
            {
                // The library goes on without a tag that it cannot read, such as the JPEG tables: the pixels would be wrong.
                throw Broken(source);
            }

            return ExifOrientation.Apply(TiffColours.ToRgb(layout, samples, palette), layout.Orientation);
        }
        catch (Exception e) when (e is not ImageException)
        {
            // The library indexes and allocates by what the file says: any exception out of it is the file's doing.
            throw new ImageException($"The TIFF file is broken: {source.Fault ?? e.Message}", e);
        }
    }

    private static ImageException Broken(TiffSource source) =>
        new($"The TIFF file is broken: {source.Fault ?? "it cannot be decoded."}");

    /// <returns>Three tables of 2^bits entries: red, green, blue. TIFF's palettes have 16 bits; the high byte is kept.</returns>
    private static byte[][] ReadPalette(Tiff tiff, int bits)
    {
        var tables = tiff.GetField(TiffTag.COLORMAP) ?? throw new ImageException("The TIFF has palette colours and no palette.");
        return [.. tables.Take(3).Select(t => t.ToShortArray().Take(1 << bits).Select(v => (byte)((ushort)v >> 8)).ToArray())];
    }

    /// <returns>Height × width × colours (and the alpha, if premultiplied), 8 bits each; palette indices as they are.</returns>
    private static byte[] ReadSamples(Tiff tiff, TiffLayout layout, TiffSource source)
    {
        if (layout.Photometric == Photometric.YCBCR)
        {
            tiff.SetField(TiffTag.JPEGCOLORMODE, JpegColorMode.RGB);
        }

        var sink = new TiffSamples(layout);
        var planes = layout.Separate ? layout.Kept : 1;
        for (short plane = 0; plane < planes; plane++)
        {
            var whole = tiff.IsTiled() ? ReadTiles(tiff, layout, sink, plane) : ReadStrips(tiff, layout, sink, plane);
            if (!whole)
            {
                throw Broken(source);
            }
        }

        return sink.Values;
    }

    private static bool ReadStrips(Tiff tiff, TiffLayout layout, TiffSamples sink, short plane)
    {
        var row = new byte[tiff.ScanlineSize()];
        for (var y = 0; y < layout.Height; y++)
        {
            if (!tiff.ReadScanline(row, y, plane))
            {
                return false;
            }

            sink.Put(row, 0, y, layout.Width, plane);
        }

        return true;
    }

    private static bool ReadTiles(Tiff tiff, TiffLayout layout, TiffSamples sink, short plane)
    {
        int width = tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt(), height = tiff.GetField(TiffTag.TILELENGTH)[0].ToInt();
        var tile = new byte[tiff.TileSize()];
        var rowBytes = tiff.TileRowSize();
        for (var top = 0; top < layout.Height; top += height)
        {
            for (var left = 0; left < layout.Width; left += width)
            {
                if (tiff.ReadTile(tile, 0, left, top, 0, plane) < 0)
                {
                    return false;
                }

                for (var y = 0; y < Math.Min(height, layout.Height - top); y++)
                {
                    sink.Put(tile.AsSpan(y * rowBytes, rowBytes), left, top + y, Math.Min(width, layout.Width - left), plane);
                }
            }
        }

        return true;
    }
}
