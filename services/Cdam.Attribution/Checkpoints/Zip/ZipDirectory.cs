using System.Buffers.Binary;
using System.Text;

namespace Cdam.Attribution.Checkpoints.Zip;

/// <summary>
/// Reads the central directory of a zip archive and checks it against the local headers. The framework's reader does not tell
/// where an entry's data begin, which reading by seeks needs. Checksums are not compared: PyTorch can be told not to write them,
/// and they would mean reading everything.
/// </summary>
internal sealed class ZipDirectory
{
    public const int EntryHeaderBytes = 46;
    private const uint EntrySignature = 0x02014b50;
    private const int LargestDirectory = 1 << 26;
    private readonly CheckpointFile _file;
    private readonly ZipEnd _end;

    private ZipDirectory(CheckpointFile file, ZipEnd end)
    {
        _file = file;
        _end = end;
    }

    /// <summary>All entries by name. None overlaps another or the directory.</summary>
    /// <exception cref="CheckpointException">The archive is damaged or encrypted.</exception>
    public static Dictionary<string, ZipEntry> Read(CheckpointFile file) => new ZipDirectory(file, ZipEnd.Find(file)).Read();

    private Dictionary<string, ZipEntry> Read()
    {
        if (_end.DirectoryBytes > LargestDirectory)
        {
            throw _file.Fail($"the zip directory has {_end.DirectoryBytes} bytes; at most {LargestDirectory} are allowed");
        }

        var directory = new byte[_end.DirectoryBytes];
        _file.Read(_end.DirectoryOffset, directory);
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        var rest = directory.AsSpan();
        for (var i = 0L; i < _end.EntryCount; i++)
        {
            var entry = ReadEntry(ref rest);
            if (!entries.TryAdd(entry.Name, entry))
            {
                throw _file.Fail($"zip entry {CheckpointFile.Quote(entry.Name)} stands twice in the directory");
            }
        }

        if (rest.Length > 0)
        {
            throw _file.Fail($"the zip directory has {rest.Length} bytes after its {_end.EntryCount} entries");
        }

        CheckDisjoint(entries.Values);
        return entries;
    }

    private ZipEntry ReadEntry(ref Span<byte> rest)
    {
        if (rest.Length < EntryHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(rest) != EntrySignature)
        {
            throw _file.Fail($"the zip directory is damaged {rest.Length} bytes before its end");
        }

        var nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
        var extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
        var total = EntryHeaderBytes + nameBytes + extraBytes + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
        if (total > rest.Length)
        {
            throw _file.Fail($"an entry of the zip directory reaches past its end: {total} bytes, {rest.Length} left");
        }

        var rawName = rest.Slice(EntryHeaderBytes, nameBytes);
        var name = Encoding.UTF8.GetString(rawName);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]);
        if ((flags & 1) != 0)
        {
            throw _file.Fail($"zip entry {CheckpointFile.Quote(name)} is encrypted");
        }

        var sizes = ZipSizes.Read(_file, name, rest, rest.Slice(EntryHeaderBytes + nameBytes, extraBytes));
        var method = BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]);
        var local = new ZipLocalHeader(_file, name, rawName, sizes.HeaderOffset, method);
        rest = rest[total..];
        return Checked(new ZipEntry(name, method, sizes.HeaderOffset, local.DataOffset, sizes.Compressed), sizes.Uncompressed);
    }

    private ZipEntry Checked(ZipEntry entry, long uncompressed)
    {
        if (entry.ByteCount > _end.DirectoryOffset - entry.DataOffset)
        {
            throw _file.Fail(
                $"zip entry {CheckpointFile.Quote(entry.Name)} has {entry.ByteCount} bytes at offset {entry.DataOffset};"
                + $" it must end before the directory at {_end.DirectoryOffset}");
        }

        if (entry.Method == ZipEntry.Stored && entry.ByteCount != uncompressed)
        {
            throw _file.Fail(
                $"zip entry {CheckpointFile.Quote(entry.Name)} is stored, but has {entry.ByteCount} bytes in the archive"
                + $" and {uncompressed} outside");
        }

        return entry;
    }

    private void CheckDisjoint(IEnumerable<ZipEntry> entries)
    {
        ZipEntry? previous = null;
        foreach (var entry in entries.OrderBy(entry => entry.HeaderOffset))
        {
            if (previous is not null && entry.HeaderOffset < previous.End)
            {
                throw _file.Fail(
                    $"zip entry {CheckpointFile.Quote(entry.Name)} at offset {entry.HeaderOffset} overlaps"
                    + $" {CheckpointFile.Quote(previous.Name)}, which ends at {previous.End}");
            }

            previous = entry;
        }
    }
}
