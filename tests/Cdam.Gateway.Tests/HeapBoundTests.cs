using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests;

public sealed class HeapBoundTests
{
    private const int HeapBytes = 40 << 20;
    private const int MessageBytes = 1 << 20;
    private const int Messages = 256;

    [Fact]
    public async Task Stream_OfSixTimesTheHeapThatTheGatewayMayTake_PassesWhole()
    {
        await using var destination = await Destination.StartAsync();
        destination.Explainer.Reading.SetResult();
        await using var gateway = await GatewayProcess.StartAsync(
            HeapBytes, $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={destination.Address}");
        using var call = new ExplainerService.ExplainerServiceClient(gateway.Channel).Embed(cancellationToken: Patience);
        var message = new EmbedRequest { Image = new Image { Encoded = UnsafeByteOperations.UnsafeWrap(new byte[MessageBytes]) } };
        var writing = Task.Run(async () =>
        {
            for (var sent = 0; sent < Messages; sent++)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        });

        var answers = await call.ResponseStream.ReadAllAsync().CountAsync(answer => answer.Embedding is not null);

        await writing;
        Assert.Equal((Messages, Messages), (answers, destination.Explainer.Messages));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }
}
