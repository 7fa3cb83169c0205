using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Reloading;

/// <inheritdoc/>
internal sealed class FileBacked<T> : FileBacked
    where T : class
{
    // Keys, certificates and key sets are a few kilobytes; a wrong path must not fill the memory.
    private const int MostBytes = 1 << 20;

    private readonly IReadOnlyList<SettingFile> _files;
    private readonly Func<IReadOnlyList<byte[]>, T> _parse;
    private IReadOnlyList<byte[]> _seen;
    private string? _unread;
    private volatile T _current;

    /// <param name="files">In the order in which <paramref name="parse"/> takes their bytes.</param>
    /// <param name="parse">Throws <see cref="OptionsValidationException"/> where the bytes cannot be used.</param>
    /// <exception cref="OptionsValidationException">A file cannot be read or used.</exception>
    internal FileBacked(IReadOnlyList<SettingFile> files, Func<IReadOnlyList<byte[]>, T> parse)
    {
        (_files, _parse) = (files, parse);
        _seen = [.. files.Select(Read)];
        _current = parse(_seen);
    }

    /// <summary>The last that could be used.</summary>
    internal T Current => _current;

    internal override ReloadOutcome? Refresh()
    {
        var files = string.Join(", ", _files.Select(file => file.Path));
        try
        {
            IReadOnlyList<byte[]> bytes = [.. _files.Select(Read)];
            _unread = null;
            if (bytes.Zip(_seen).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
            {
                return null;
            }

            // Kept even if they cannot be used, so that a fault is reported once.
            _seen = bytes;
            _current = _parse(bytes);
            return new ReloadOutcome(files, null);
        }
        catch (OptionsValidationException fault)
        {
            var isNews = _unread != fault.Message;
            _unread = fault.Message;
            return isNews ? new ReloadOutcome(files, fault.Message) : null;
        }
    }

    private static byte[] Read(SettingFile file)
    {
        try
        {
            using var stream = File.OpenRead(file.Path);
            var bytes = new byte[Math.Min(stream.Length, MostBytes) + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= MostBytes ? bytes[..count] : throw file.Fault($"must have at most {MostBytes} bytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw file.Fault($"must be a file that can be read: {fault.Message}");
        }
    }
}
