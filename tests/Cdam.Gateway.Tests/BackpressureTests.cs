using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests;

public sealed class BackpressureTests
{
    private const int MessageBytes = 1 << 20;

    // The windows on the way hold about 8 MiB before the gateway and 1 MiB behind it; the rest are socket buffers and messages under way.
    private const int MostInFlight = 40;

    [Fact]
    public async Task Stream_WhoseDestinationDoesNotRead_StopsTheClientInsteadOfFillingTheGateway()
    {
        await using var gateway = await StartAsync();
        using var call = gateway.Client.Embed(cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());
        var message = new EmbedRequest
        {
            Model = "models/m",
            Image = new Image { Encoded = UnsafeByteOperations.UnsafeWrap(new byte[MessageBytes]) },
        };
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < 2 * MostInFlight; written++)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        });

        var held = -1;
        while (held != written)
        {
            held = written;
            await Task.Delay(300, Patience);
        }

        Assert.InRange(held, 1, MostInFlight);
        Assert.False(writing.IsCompleted);
        gateway.Destination.Explainer.Reading.SetResult();
        Assert.Equal(2 * MostInFlight, await call.ResponseStream.ReadAllAsync().CountAsync());
        await writing;
    }
}
