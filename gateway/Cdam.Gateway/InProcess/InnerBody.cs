using System.Buffers.Binary;
using Cdam.Gateway.Messages;

namespace Cdam.Gateway.InProcess;

/// <summary>Takes the body of a gRPC answer apart as it is written: each message is handed on before more is taken.</summary>
/// <param name="response">Starts with the first byte.</param>
/// <param name="take">A whole message, without its prefix; valid until the returned task ends.</param>
internal sealed class InnerBody(InnerResponse response, Func<ReadOnlyMemory<byte>, Task> take) : WriteOnlyStream
{
    private const int PrefixLength = 5;

    private readonly MemoryStream _kept = new();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await response.StartAsync();
        if (!IsGrpc)
        {
            return;
        }

        _kept.Write(buffer.Span);
        var start = 0;
        while (Next(start) is { } message)
        {
            await take(message);
            start += PrefixLength + message.Length;
        }

        Drop(start);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => response.StartAsync();

    // Whatever else might answer has no messages.
    private bool IsGrpc => response.Headers.ContentType.ToString().StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    private ReadOnlyMemory<byte>? Next(int start)
    {
        var rest = _kept.GetBuffer().AsMemory(start, (int)_kept.Length - start);
        if (rest.Length < PrefixLength)
        {
            return null;
        }

        // Nothing was asked for that the prefix's first byte, compression, could stand for.
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[1..]);
        if (length > rest.Length - PrefixLength)
        {
            // Not in a conditional expression: null would be an empty memory there, as an array that is null is.
            return null;
        }

        return rest.Slice(PrefixLength, (int)length);
    }

    private void Drop(int count)
    {
        var rest = (int)_kept.Length - count;
        _kept.GetBuffer().AsSpan(count, rest).CopyTo(_kept.GetBuffer());
        _kept.SetLength(rest);
        _kept.Position = rest;
    }
}
