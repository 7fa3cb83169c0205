using Cdam.V1;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests;

public sealed class HeldStreamTests
{
    private const int Streams = 1000;

    [Fact]
    public async Task Streams_AThousandHeldIdle_EachAnswersAfterwards()
    {
        await using var gateway = await StartAsync();
        var calls = Enumerable.Range(0, Streams).Select(_ => gateway.Client.ExplainStream(cancellationToken: Patience)).ToList();
        try
        {
            // All are open at the destination before the first is used.
            Assert.DoesNotContain(false, await Task.WhenAll(calls.Select(call => call.ResponseStream.MoveNext(Patience))));
            Assert.Equal(Streams, gateway.Destination.Explainer.Calls);

            var answers = await Task.WhenAll(calls.Select((call, index) => AskAsync(call, $"{index}")));
            Assert.Equal(Enumerable.Range(0, Streams).Select(index => $"{index}"), answers);
        }
        finally
        {
            calls.ForEach(call => call.Dispose());
        }
    }

    [Fact]
    public async Task Stream_WhoseClientCancels_IsReleasedAtTheDestination()
    {
        await using var gateway = await StartAsync();
        using var cancellation = new CancellationTokenSource();
        using var call = gateway.Client.ExplainStream(cancellationToken: cancellation.Token);
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.False(gateway.Destination.Explainer.Cancelled.IsCompleted);

        await cancellation.CancelAsync();

        await gateway.Destination.Explainer.Cancelled.WaitAsync(Patience);
    }

    private static async Task<string> AskAsync(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> call, string id)
    {
        await call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id });
        Assert.True(await call.ResponseStream.MoveNext(Patience));
        return call.ResponseStream.Current.Id;
    }
}
