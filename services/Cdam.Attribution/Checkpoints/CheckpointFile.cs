using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cdam.Attribution.Checkpoints;

/// <summary>A read-only file with positional reads, which any number of threads may do at once.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private const int LongestQuote = 120;
    private readonly SafeFileHandle _handle;

    private CheckpointFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        Length = length;
        _handle = handle;
    }

    public string Path { get; }

    /// <summary>Bytes, as found when the file was opened.</summary>
    public long Length { get; }

    public static CheckpointFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CheckpointException($"{path}: is a directory, not a checkpoint file");
        }

        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
            return new CheckpointFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            throw new CheckpointException($"{path}: cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Fills <paramref name="destination"/> from the file at <paramref name="offset"/> bytes.</summary>
    /// <exception cref="CheckpointException">The range leaves the file, or the disk fails.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length - destination.Length)
        {
            throw Fail($"{destination.Length} bytes at offset {offset} reach past the end of the file, which has {Length} bytes");
        }

        while (destination.Length > 0)
        {
            var read = ReadSome(offset, destination);
            offset += read;
            destination = destination[read..];
        }
    }

    /// <summary>An exception whose message starts with the path of this file.</summary>
    public CheckpointException Fail(string message) => new($"{Path}: {message}");

    public CheckpointException Fail(string message, Exception inner) => new($"{Path}: {message}", inner);

    /// <summary>A name from the file for use in a message: in quotes, without control characters, and not too long.</summary>
    public static string Quote(string name)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in name.AsSpan(0, Math.Min(name.Length, LongestQuote)))
        {
            quoted.Append(char.IsControl(c) ? '?' : c);
        }

        return quoted.Append(name.Length > LongestQuote ? "…'" : "'").ToString();
    }

    public void Dispose() => _handle.Dispose();

    private int ReadSome(long offset, Span<byte> destination)
    {
        try
        {
            var read = RandomAccess.Read(_handle, destination, offset);
            return read > 0 ? read : throw Fail($"ends at offset {offset}; it had {Length} bytes when it was opened");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail($"cannot be read at offset {offset}: {e.Message}", e);
        }
    }
}
