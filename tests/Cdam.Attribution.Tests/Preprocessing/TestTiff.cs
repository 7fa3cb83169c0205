using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;

namespace Cdam.Attribution.Tests.Preprocessing;

/// <summary>Writes small uncompressed little-endian TIFFs of unusual layouts.</summary>
internal sealed class TestTiff(int width, int height, Photometric photometric, int samples, int bits)
{
    private const int TileSide = 16;

    public bool Tiled { get; init; }

    public PlanarConfig Planar { get; init; } = PlanarConfig.CONTIG;

    public ExtraSample? Extra { get; init; }

    /// <param name="sample">The sample at x, y, channel. Of 16 bits it is the high byte; the low byte is noise.</param>
    public byte[] Write(Func<int, int, int, byte> sample)
    {
        using var stream = new MemoryStream();
        using (var tiff = Tiff.ClientOpen("test", "wl", stream, new TiffStream()))
        {
            WriteHeader(tiff);
            var planes = Planar == PlanarConfig.SEPARATE ? samples : 1;
            for (short plane = 0; plane < planes; plane++)
            {
                WritePlane(tiff, sample, plane);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Puts another value (or offset) and count into a directory entry.</summary>
    public static void Overwrite(byte[] file, int tag, int value, int count = 1)
    {
        var directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(directory)); i++)
        {
            var entry = file.AsSpan(directory + 2 + i * 12, 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) == tag)
            {
                const short Long = 4;
                BinaryPrimitives.WriteInt16LittleEndian(entry[2..], Long);
                BinaryPrimitives.WriteInt32LittleEndian(entry[4..], count);
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], value);
                return;
            }
        }

        Assert.Fail($"The file has no tag {tag}.");
    }

    private void WriteHeader(Tiff tiff)
    {
        tiff.SetField(TiffTag.IMAGEWIDTH, width);
        tiff.SetField(TiffTag.IMAGELENGTH, height);
        tiff.SetField(TiffTag.BITSPERSAMPLE, bits);
        tiff.SetField(TiffTag.SAMPLESPERPIXEL, samples);
        tiff.SetField(TiffTag.PHOTOMETRIC, photometric);
        tiff.SetField(TiffTag.PLANARCONFIG, Planar);
        if (Extra is { } extra)
        {
            tiff.SetField(TiffTag.EXTRASAMPLES, 1, new[] { (short)extra });
        }

        if (Tiled)
        {
            tiff.SetField(TiffTag.TILEWIDTH, TileSide);
            tiff.SetField(TiffTag.TILELENGTH, TileSide);
        }
        else
        {
            tiff.SetField(TiffTag.ROWSPERSTRIP, 3);
        }
    }

    private void WritePlane(Tiff tiff, Func<int, int, int, byte> sample, short plane)
    {
        if (!Tiled)
        {
            for (var y = 0; y < height; y++)
            {
                tiff.WriteScanline(Row(sample, 0, y, width, plane), y, plane);
            }

            return;
        }

        for (var y = 0; y < height; y += TileSide)
        {
            for (var x = 0; x < width; x += TileSide)
            {
                var tile = Enumerable.Range(y, TileSide).SelectMany(row => Row(sample, x, row, TileSide, plane)).ToArray();
                tiff.WriteTile(tile, x, y, 0, plane);
            }
        }
    }

    private byte[] Row(Func<int, int, int, byte> sample, int left, int y, int count, int plane)
    {
        var channels = Planar == PlanarConfig.SEPARATE ? 1 : samples;
        var row = new byte[(count * channels * bits + 7) / 8];
        for (var i = 0; i < count * channels; i++)
        {
            var value = sample(left + i / channels, y, plane + i % channels);
            if (bits >= 8)
            {
                var bytes = bits / 8;
                row.AsSpan(i * bytes, bytes).Fill(0x5C);
                row[i * bytes + bytes - 1] = value;
            }
            else
            {
                row[i * bits / 8] |= (byte)(value << (8 - bits - i * bits % 8));
            }
        }

        return row;
    }
}
