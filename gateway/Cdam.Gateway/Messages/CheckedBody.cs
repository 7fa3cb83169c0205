using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Messages;

/// <summary>
/// A request's body, read as it is, until its messages break a rule. The bytes in which that shows never reach the destination.
/// </summary>
/// <param name="body">What the client sends.</param>
/// <param name="check">Looks at each piece; returns the fault that it shows, or null.</param>
/// <param name="refuse">Is told the fault, before the reader is stopped by an exception.</param>
internal sealed class CheckedBody(Stream body, Func<ReadOnlyMemory<byte>, Status?> check, Action<Status> refuse) : ForwardOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        if (check(buffer[..count]) is { } fault)
        {
            refuse(fault);
            throw new IOException(fault.Message);
        }

        return count;
    }
}
