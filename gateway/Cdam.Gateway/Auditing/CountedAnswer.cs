using Cdam.Gateway.Messages;

namespace Cdam.Gateway.Auditing;

/// <summary>The body of an answer, written as it is, and counted.</summary>
internal sealed class CountedAnswer(Stream body) : WriteOnlyStream
{
    private long _count;

    /// <summary>Bytes so far.</summary>
    internal long Count => Volatile.Read(ref _count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Interlocked.Add(ref _count, buffer.Length);
        return body.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Interlocked.Add(ref _count, count);
        body.Write(buffer, offset, count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override void Flush() => body.Flush();
}
