using System.Buffers.Binary;

namespace Cdam.Attribution.Checkpoints.Zip;

/// <summary>What the record at the end of an archive says of its central directory.</summary>
internal readonly record struct ZipEnd(long DirectoryOffset, long DirectoryBytes, long EntryCount)
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64Signature = 0x06064b50;
    private const uint LocatorSignature = 0x07064b50;
    private const int EndBytes = 22;
    private const int End64Bytes = 56;
    private const int LocatorBytes = 20;

    /// <exception cref="CheckpointException">There is no such record, or it points outside the file.</exception>
    public static ZipEnd Find(CheckpointFile file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndBytes + ushort.MaxValue)];
        file.Read(file.Length - tail.Length, tail);
        for (var i = tail.Length - EndBytes; i >= 0; i--)
        {
            var record = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == EndSignature
                && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - EndBytes)
            {
                return Read(file, file.Length - tail.Length + i, record);
            }
        }

        throw file.Fail("begins like a zip archive but has no end record; it may have been cut off");
    }

    private static ZipEnd Read(CheckpointFile file, long position, ReadOnlySpan<byte> record)
    {
        var directoryEnd = position;
        var end = FindEnd64(file, position, ref directoryEnd) ?? new ZipEnd(
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]));
        if (end.DirectoryOffset < 0
            || end.DirectoryBytes < 0
            || end.DirectoryOffset > directoryEnd
            || end.DirectoryBytes != directoryEnd - end.DirectoryOffset)
        {
            throw file.Fail(
                $"the zip directory claims {end.DirectoryBytes} bytes at offset {end.DirectoryOffset};"
                + $" it must end at {directoryEnd}, where the end record begins");
        }

        if (end.EntryCount < 0 || end.EntryCount > end.DirectoryBytes / ZipDirectory.EntryHeaderBytes)
        {
            throw file.Fail($"the zip directory claims {end.EntryCount} entries in {end.DirectoryBytes} bytes");
        }

        return end;
    }

    /// <summary>The zip64 record, which PyTorch always writes; null where there is none.</summary>
    private static ZipEnd? FindEnd64(CheckpointFile file, long position, ref long directoryEnd)
    {
        Span<byte> bytes = stackalloc byte[End64Bytes];
        var locator = bytes[..LocatorBytes];
        if (position < LocatorBytes)
        {
            return null;
        }

        file.Read(position - LocatorBytes, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorSignature)
        {
            return null;
        }

        var offset = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (offset < 0 || offset > position - LocatorBytes - End64Bytes)
        {
            throw file.Fail($"the zip64 end record is said to be at offset {offset}; it must lie before {position - LocatorBytes}");
        }

        file.Read(offset, bytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != End64Signature)
        {
            throw file.Fail($"there is no zip64 end record at offset {offset}, where the zip64 locator points");
        }

        directoryEnd = offset;
        return new ZipEnd(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
    }
}
