using System.Buffers.Binary;

namespace Cdam.Attribution.Checkpoints.Zip;

/// <summary>The three numbers of a directory entry that may have to be looked up in its zip64 extra field. None is negative.</summary>
internal readonly record struct ZipSizes(long Compressed, long Uncompressed, long HeaderOffset)
{
    private const ushort Zip64Id = 1;

    /// <param name="file">For messages.</param>
    /// <param name="name">Of the entry, for messages.</param>
    /// <param name="entry">The directory entry, at least its fixed part.</param>
    /// <param name="extra">Its extra fields.</param>
    public static ZipSizes Read(CheckpointFile file, string name, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        var wide = FindZip64(extra);
        // This is the order in the extra field, which holds only those that do not fit into 32 bits.
        var uncompressed = Widen(BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]), ref wide);
        var compressed = Widen(BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]), ref wide);
        var offset = Widen(BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]), ref wide);
        if (uncompressed < 0 || compressed < 0 || offset < 0)
        {
            throw file.Fail($"zip entry {CheckpointFile.Quote(name)} lacks a size or offset, or has a negative one");
        }

        return new ZipSizes(compressed, uncompressed, offset);
    }

    /// <returns>-1 if a wide number is called for but not there.</returns>
    private static long Widen(uint narrow, ref ReadOnlySpan<byte> wide)
    {
        if (narrow != uint.MaxValue)
        {
            return narrow;
        }

        if (wide.Length < sizeof(long))
        {
            return -1;
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value;
    }

    private static ReadOnlySpan<byte> FindZip64(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var field = extra[4..];
            field = field[..Math.Min(field.Length, BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]))];
            if (id == Zip64Id)
            {
                return field;
            }

            extra = extra[(4 + field.Length)..];
        }

        return [];
    }
}
