using System.Buffers.Binary;

namespace Cdam.Attribution.Checkpoints.Zip;

/// <summary>
/// The header before an entry's data. Only its length matters, since its sizes may be left out; that its name and method agree
/// with the directory guards against archives that two readers would read differently.
/// </summary>
internal readonly record struct ZipLocalHeader
{
    private const uint Signature = 0x04034b50;
    private const int FixedBytes = 30;

    public ZipLocalHeader(CheckpointFile file, string name, ReadOnlySpan<byte> rawName, long offset, int method)
    {
        Span<byte> header = stackalloc byte[FixedBytes];
        file.Read(offset, header);
        var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Signature
            || BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) != method
            || nameBytes != rawName.Length
            || !NameEquals(file, offset + FixedBytes, rawName))
        {
            throw file.Fail($"the header of zip entry {CheckpointFile.Quote(name)} at offset {offset} does not agree with the directory");
        }

        DataOffset = offset + FixedBytes + nameBytes + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
    }

    public long DataOffset { get; }

    private static bool NameEquals(CheckpointFile file, long offset, ReadOnlySpan<byte> rawName)
    {
        var found = new byte[rawName.Length];
        file.Read(offset, found);
        return rawName.SequenceEqual(found);
    }
}
