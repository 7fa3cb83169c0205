using System.Text;

namespace Cdam.Attribution.Tests.Checkpoints;

/// <summary>Writes zip archives, sound or not. Checksums are left at zero: the reader does not look at them.</summary>
internal sealed class ZipBuilder
{
    private readonly List<ZipBuilderEntry> _entries = [];

    public bool Zip64 { get; init; }

    /// <summary>Overrides what the end record says of the number of entries.</summary>
    public int? EntryCount { get; init; }

    /// <summary>Overrides where the end record says the directory begins.</summary>
    public uint? DirectoryOffset { get; init; }

    public ZipBuilder Add(string name, byte[] data) => Add(new ZipBuilderEntry(name, data));

    public ZipBuilder Add(ZipBuilderEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public byte[] Build()
    {
        var stream = new MemoryStream();
        using var zip = new BinaryWriter(stream);
        var offsets = _entries.ConvertAll(entry => WriteLocal(zip, entry));
        var directory = stream.Position;
        for (var i = 0; i < _entries.Count; i++)
        {
            WriteDirectory(zip, _entries[i], offsets[i]);
        }

        WriteEnd(zip, directory, stream.Position - directory);
        return stream.ToArray();
    }

    private static long WriteLocal(BinaryWriter zip, ZipBuilderEntry entry)
    {
        var offset = zip.BaseStream.Position;
        var name = Encoding.UTF8.GetBytes(entry.LocalName ?? entry.Name);
        zip.Write(0x04034b50);
        zip.Write((short)20);
        zip.Write((short)0);
        zip.Write((short)entry.Method);
        zip.Write(new byte[16]); // Time, checksum and sizes: the directory has them.
        zip.Write((short)name.Length);
        zip.Write((short)0);
        zip.Write(name);
        zip.Write(entry.Data);
        return offset;
    }

    private void WriteDirectory(BinaryWriter zip, ZipBuilderEntry entry, long offset)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var size = entry.Size ?? entry.Data.Length;
        zip.Write(0x02014b50);
        zip.Write((short)20);
        zip.Write((short)20);
        zip.Write((short)entry.Flags);
        zip.Write((short)entry.Method);
        zip.Write(new byte[8]);
        zip.Write(Zip64 ? uint.MaxValue : (uint)size);
        zip.Write(Zip64 ? uint.MaxValue : (uint)(entry.UncompressedSize ?? size));
        zip.Write((short)name.Length);
        zip.Write((short)(Zip64 ? 28 : 0));
        zip.Write(new byte[10]);
        zip.Write(Zip64 ? uint.MaxValue : (uint)(entry.Offset ?? offset));
        zip.Write(name);
        if (Zip64)
        {
            zip.Write((short)1);
            zip.Write((short)24);
            zip.Write(entry.UncompressedSize ?? size);
            zip.Write(size);
            zip.Write(entry.Offset ?? offset);
        }
    }

    private void WriteEnd(BinaryWriter zip, long directory, long size)
    {
        if (Zip64)
        {
            var end = zip.BaseStream.Position;
            zip.Write(0x06064b50);
            zip.Write(44L);
            zip.Write(new byte[12]);
            zip.Write((long)(EntryCount ?? _entries.Count));
            zip.Write((long)(EntryCount ?? _entries.Count));
            zip.Write(size);
            zip.Write(DirectoryOffset ?? directory);
            zip.Write(0x07064b50);
            zip.Write(0);
            zip.Write(end);
            zip.Write(1);
        }

        zip.Write(0x06054b50);
        zip.Write(0);
        zip.Write((short)(EntryCount ?? _entries.Count));
        zip.Write((short)(EntryCount ?? _entries.Count));
        zip.Write((int)size);
        zip.Write(DirectoryOffset ?? (uint)directory);
        zip.Write((short)0);
    }
}
