using System.Buffers.Binary;
using System.Text;

namespace Cdam.Training.Lidc.Dicom;

/// <summary>A file read from front to back, little endian; whatever leaves the file or fails on the way becomes a message with its path.</summary>
internal sealed class DicomInput : IDisposable
{
    /// <summary>Headers of CT files have 2 to 8 KiB.</summary>
    private const int BufferBytes = 4096;

    private const int LongestQuote = 64;
    private readonly FileStream _stream;

    public DicomInput(string path)
    {
        Path = path;
        try
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
        }
        catch (FileNotFoundException e)
        {
            throw new LidcException($"{path}: is not there, or a link that leads nowhere", e);
        }

        Length = _stream.Length;
    }

    public string Path { get; }

    /// <summary>Bytes, as found when the file was opened.</summary>
    public long Length { get; }

    public long Position => _stream.Position;

    /// <summary>Fills <paramref name="destination"/>.</summary>
    /// <param name="what">Which element the bytes belong to, for the message.</param>
    public void Read(Span<byte> destination, string what)
    {
        var offset = Position;
        if (_stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw Fail($"{what} needs {destination.Length} bytes at offset {offset}; the file ends at {Length}");
        }
    }

    public ushort ReadUInt16(string what)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        Read(bytes, what);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint ReadUInt32(string what)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Read(bytes, what);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Moves on, at most to the end of the file.</summary>
    public void Skip(long bytes, string what)
    {
        if (bytes > Length - Position)
        {
            throw Fail($"{what} has {bytes} bytes at offset {Position}; the file ends at {Length}");
        }

        _stream.Seek(bytes, SeekOrigin.Current);
    }

    /// <summary>Moves to a place that an earlier pass found.</summary>
    public void MoveTo(long offset) => _stream.Seek(offset, SeekOrigin.Begin);

    /// <summary>An exception whose message starts with the path.</summary>
    public LidcException Fail(string message) => new($"{Path}: {message}");

    /// <summary>Text from a file for use in a message: in quotes, without control characters, and not too long.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LongestQuote)))
        {
            quoted.Append(char.IsControl(c) ? '?' : c);
        }

        return quoted.Append(text.Length > LongestQuote ? "…\"" : "\"").ToString();
    }

    public void Dispose() => _stream.Dispose();
}
