using System.Buffers.Binary;

namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// A first look at a TIFF's first directory, before the library sees it: the library takes memory for whatever count a tag claims
/// (measured: 4 GB for a damaged file of 1.6 kB), so every claim is first held against the file's length and the limits.
/// </summary>
internal static class TiffDirectory
{
    public const int MostSamples = 8;

    // The specification wants tile sides to be multiples of 16; the upper bound is far above what writers use.
    private const int SmallestTile = 16;
    private const int LargestTile = 4096;

    private const int EntryBytes = 12;

    private enum Tag
    {
        ImageWidth = 256,
        ImageLength = 257,
        SamplesPerPixel = 277,
        TileWidth = 322,
        TileLength = 323,
    }

    /// <exception cref="ImageException">A tag lies outside the file, or claims more than the limits allow.</exception>
    public static void Check(ReadOnlySpan<byte> file, ImageLimits limits)
    {
        var little = file[0] == (byte)'I';
        long start = file.Length < 8 ? file.Length : Long(file, 4, little);
        var count = start + 2 > file.Length ? 0 : Short(file, (int)start, little);
        if (count == 0 || start + 2 + (long)count * EntryBytes > file.Length)
        {
            throw new ImageException($"The TIFF file is cut short: its directory at byte {start} lies outside its {file.Length} bytes.");
        }

        // Of a tag given twice, the larger value counts here: which one the library takes does not matter then.
        long width = 0, height = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = file.Slice((int)start + 2 + i * EntryBytes, EntryBytes);
            var tag = (Tag)Short(entry, 0, little);
            var value = Value(entry, file.Length, little);
            width = tag == Tag.ImageWidth ? Math.Max(width, value) : width;
            height = tag == Tag.ImageLength ? Math.Max(height, value) : height;
            CheckValue(tag, value);
        }

        ImageDecoder.CheckSize(width, height, limits);
    }

    private static void CheckValue(Tag tag, long value)
    {
        if (tag == Tag.SamplesPerPixel && value is (< 1 or > MostSamples))
        {
            throw new ImageException($"The TIFF has {value} samples a pixel; 1 to {MostSamples} are supported.");
        }

        if (tag is Tag.TileWidth or Tag.TileLength && value is (< SmallestTile or > LargestTile))
        {
            throw new ImageException($"The TIFF has a tile side of {value} pixels; {SmallestTile} to {LargestTile} are supported.");
        }
    }

    /// <summary>
    /// An entry's value if it has a single whole number, else its offset; 0 if the entry is of a type that no reader knows.
    /// </summary>
    private static long Value(ReadOnlySpan<byte> entry, int fileLength, bool little)
    {
        int type = Short(entry, 2, little);
        long count = Long(entry, 4, little);
        var unit = type switch
        {
            1 or 2 or 6 or 7 => 1,
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 0,
        };
        if (count * unit > 4 && Long(entry, 8, little) + count * unit > fileLength)
        {
            throw new ImageException(
                $"The TIFF claims {count} values of {unit} bytes for tag {Short(entry, 0, little)}; the file ends before.");
        }

        return unit switch
        {
            0 => 0,
            1 => entry[8],
            2 => Short(entry, 8, little),
            _ => Long(entry, 8, little),
        };
    }

    private static ushort Short(ReadOnlySpan<byte> from, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(from[at..]) : BinaryPrimitives.ReadUInt16BigEndian(from[at..]);

    private static uint Long(ReadOnlySpan<byte> from, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(from[at..]) : BinaryPrimitives.ReadUInt32BigEndian(from[at..]);
}
