using System.Security.Cryptography;

namespace Cdam.Cli.Downloads;

/// <summary>The part of a file that has come so far, hashed as it comes.</summary>
internal sealed class PartFile : IDisposable
{
    private const int BufferBytes = 1 << 20;
    private readonly string _path;
    private readonly Uri _address;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartFile(string path, Uri address)
    {
        (_path, _address) = (path, address);
        _stream = new FileStream(PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferBytes);
    }

    /// <summary>Bytes that are there.</summary>
    public long Length => _stream.Length;

    /// <summary>What <c>If-Range</c> needs to go on from there; null if it is impossible.</summary>
    public string? Validator { get; private set; }

    /// <summary>Bytes of the whole file; null while they are not known.</summary>
    public long? Total { get; private set; }

    private string PartPath => _path + ".part";

    private string StatePath => _path + ".part.json";

    /// <summary>Opens what an earlier try left; starts anew if that came from elsewhere or cannot be told to be of the same file.</summary>
    /// <param name="path">The whole file's path.</param>
    /// <param name="address">Where it comes from.</param>
    public static PartFile Open(string path, Uri address)
    {
        var part = new PartFile(path, address);
        try
        {
            part.Recall();
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Forgets what is there: a file is to come from its beginning.</summary>
    public void Restart(string? validator, long? total)
    {
        _stream.SetLength(0);
        _ = _hash.GetHashAndReset();
        (Validator, Total) = (validator, total);
        new PartState(_address, validator, total).Write(StatePath);
    }

    /// <summary>Adds what has come.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.AppendData(bytes);
    }

    /// <summary>SHA-256 of what is there, 64 hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Moves the file, which is whole now, to its path, unless it is not the right one: then it is deleted.</summary>
    /// <param name="difference">As <see cref="DownloadRequest.Difference"/>.</param>
    /// <returns>Why it is not the right one; null if it has landed.</returns>
    public string? Land(Func<string, string, string?> difference)
    {
        var sha256 = Sha256();
        _stream.Flush(flushToDisk: true);    // Before the move, or a crash could leave an empty file under the final name.
        _stream.Close();
        var fault = difference(PartPath, sha256);
        if (fault is null)
        {
            File.Move(PartPath, _path, overwrite: true);
            File.Delete(StatePath);
        }
        else
        {
            Discard();
        }

        return fault;
    }

    /// <summary>Deletes what is there.</summary>
    public void Discard()
    {
        _stream.Close();
        File.Delete(PartPath);
        File.Delete(StatePath);
    }

    /// <summary>Keeps what is there for the next time; nothing is left where nothing came.</summary>
    public void Dispose()
    {
        if (_stream.CanRead && _stream.Length == 0)
        {
            Discard();
        }

        _stream.Dispose();
        _hash.Dispose();
    }

    private void Recall()
    {
        var state = PartState.Read(StatePath);
        var isWhole = state?.Total == _stream.Length;
        if (state?.Address != _address || _stream.Length > (state.Total ?? long.MaxValue) || (state.Validator is null && !isWhole))
        {
            _stream.SetLength(0);
            return;
        }

        (Validator, Total) = (state.Validator, state.Total);
        var buffer = new byte[BufferBytes];
        for (int read; (read = _stream.Read(buffer)) > 0;)
        {
            _hash.AppendData(buffer.AsSpan(0, read));
        }
    }
}
