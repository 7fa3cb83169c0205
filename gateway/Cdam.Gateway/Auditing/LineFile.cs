using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Auditing;

/// <summary>A file of lines that gives way to a new one at a size: FILE becomes FILE.1, that FILE.2, and so on; the oldest is deleted.</summary>
internal sealed class LineFile : IAsyncDisposable
{
    private readonly string? _path;
    private readonly long _mostBytes;
    private readonly int _keep;
    private Stream _stream;
    private long _length;

    /// <summary>A stream without end.</summary>
    internal LineFile(Stream stream) => (_stream, _mostBytes) = (stream, long.MaxValue);

    private LineFile(string path, long mostBytes, int keep)
    {
        (_path, _mostBytes, _keep) = (path, mostBytes, keep);
        _stream = Append(path);
        _length = _stream.Length;
    }

    /// <summary>Goes on at the end of what is there.</summary>
    /// <exception cref="OptionsValidationException">The file cannot be written.</exception>
    internal static LineFile Open(string path, long mostBytes, int keep)
    {
        try
        {
            return new LineFile(path, mostBytes, keep);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                AuditOptions.Section, typeof(AuditOptions), [$"{AuditOptions.Section}:File ({path}) must be a file that can be written: {fault.Message}"]);
        }
    }

    /// <param name="line">Without its end.</param>
    internal async Task WriteAsync(byte[] line)
    {
        if (_length > 0 && _length + line.Length + 1 > _mostBytes)
        {
            await GiveWayAsync(_path!);
        }

        await _stream.WriteAsync((byte[])[.. line, (byte)'\n']);
        _length += line.Length + 1;
    }

    internal Task FlushAsync() => _stream.FlushAsync();

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static FileStream Append(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            // Who calls what, and when, is not for every user of the machine.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private async Task GiveWayAsync(string path)
    {
        await _stream.DisposeAsync();
        for (var number = _keep; number > 0; number--)
        {
            var from = number == 1 ? path : $"{path}.{number - 1}";
            if (File.Exists(from))
            {
                File.Move(from, $"{path}.{number}", overwrite: true);
            }
        }

        _stream = Append(path);
        _length = _stream.Length;
    }
}
