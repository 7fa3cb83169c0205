using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Messages;

/// <summary>
/// A request's body, read as it is, until its messages break a rule. The bytes in which that shows never reach the destination.
/// A message that has begun is read to its end, or until the reader's buffer is full: nobody can use a part of it, and it goes on in
/// one write instead of one for each HTTP/2 frame. Once the end of a message is there nothing is waited for, not even the rest of the
/// next one.
/// </summary>
/// <param name="body">What the client sends.</param>
/// <param name="sizes">Is fed all of it, and tells where messages begin and end.</param>
/// <param name="check">Looks at each piece after that; returns the fault that it shows, or null.</param>
/// <param name="refuse">Is told the fault, before the reader is stopped by an exception.</param>
internal sealed class CheckedBody(Stream body, MessageSizes sizes, Func<ReadOnlyMemory<byte>, Status?> check, Action<Status> refuse) : ForwardOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var ended = sizes.Ended;
        var count = 0;
        int read;
        do
        {
            read = await body.ReadAsync(buffer[count..], cancellationToken);
            Check(buffer.Slice(count, read));
            count += read;
        }
        while (read > 0 && count < buffer.Length && sizes.IsWithinMessage && sizes.Ended == ended);

        return count;
    }

    private void Check(ReadOnlyMemory<byte> piece)
    {
        sizes.Feed(piece.Span);
        if (check(piece) is { } fault)
        {
            refuse(fault);
            throw new IOException(fault.Message);
        }
    }
}
