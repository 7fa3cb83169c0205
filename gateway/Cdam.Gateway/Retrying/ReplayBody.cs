using Cdam.Gateway.Messages;

namespace Cdam.Gateway.Retrying;

/// <summary>A request's body that can be read again from its start, as long as what was read of it is short enough to keep.</summary>
/// <param name="body">What the client sends; it is read as it is asked for, never ahead.</param>
/// <param name="limit">Bytes to keep.</param>
internal sealed class ReplayBody(Stream body, int limit) : ForwardOnlyStream
{
    private readonly MemoryStream _kept = new();
    private bool _isTooLong;

    /// <summary>Goes back to the start.</summary>
    /// <returns>False where more was read than is kept.</returns>
    internal bool Rewind()
    {
        _kept.Position = 0;
        return !_isTooLong;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_kept.Position < _kept.Length)
        {
            return _kept.Read(buffer.Span);
        }

        var count = await body.ReadAsync(buffer, cancellationToken);
        Keep(buffer.Span[..count]);
        return count;
    }

    private void Keep(ReadOnlySpan<byte> read)
    {
        if (_isTooLong || _kept.Length + read.Length > limit)
        {
            _isTooLong = true;
            _kept.SetLength(0);
            return;
        }

        _kept.Write(read);
    }
}
