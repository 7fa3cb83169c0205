using System.Buffers.Binary;
using Cdam.Gateway.InProcess;

namespace Cdam.Gateway.Tests.InProcess;

public sealed class InnerBodyTests
{
    /// <summary>As servers write them: in pieces of their buffers, which know nothing of messages.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(300)]
    [InlineData(4096)]
    public async Task Messages_InPiecesOfAnySize_ComeWhole(int pieceLength)
    {
        byte[][] messages = [.. new[] { 4568, 0, 3, 300 }.Select(length => Enumerable.Range(0, length).Select(index => (byte)index).ToArray())];
        byte[] written = [.. messages.SelectMany(Prefixed)];
        var taken = new List<byte[]>();
        var response = new InnerResponse();
        response.Headers.ContentType = "application/grpc";
        await using var body = new InnerBody(response, message =>
        {
            taken.Add(message.ToArray());
            return Task.CompletedTask;
        });

        foreach (var piece in written.Chunk(pieceLength))
        {
            await body.WriteAsync(piece, TestContext.Current.CancellationToken);
        }

        Assert.Equal(messages, taken);
    }

    private static byte[] Prefixed(byte[] message)
    {
        var prefix = new byte[5];
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), message.Length);
        return [.. prefix, .. message];
    }
}
