using System.Buffers;
using System.Buffers.Text;
using Cdam.Gateway.Messages;

namespace Cdam.Gateway.Browsers;

/// <summary>Writes bytes as base64, what is written at a time as a piece with its padding, so that it can be read at once.</summary>
internal sealed class Base64Stream(Stream text) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(buffer.Length));
        try
        {
            Base64.EncodeToUtf8(buffer.Span, encoded, out _, out var written);
            await text.WriteAsync(encoded.AsMemory(0, written), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => text.FlushAsync(cancellationToken);
}
