using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Readiness;

public sealed class DrainTests
{
    [Fact]
    public async Task Destination_ThatDrains_TakesNoNewCallAndFinishesItsStreams()
    {
        await using var pool = await TwoDestinations.StartAsync();
        using var stream = pool.Gateway.Client.ExplainStream(cancellationToken: Patience);
        await AskAsync(stream, "before");
        Assert.Equal("first", stream.ResponseStream.Current.Result.RequestId);

        pool.First.Health.IsDraining = true;
        await pool.Gateway.RefreshAsync();

        using var busy = pool.Gateway.Client.ExplainAsync(
            new ExplainRequest { RequestId = StubExplainer.Silent }, cancellationToken: Patience);
        await pool.Second.Explainer.Waiting.WaitAsync(Patience);
        Assert.Equal(["second", "second"], [await pool.WhereAsync(), await pool.WhereAsync()]);
        await AskAsync(stream, "after");
        Assert.Equal(("after", "first"), (stream.ResponseStream.Current.Id, stream.ResponseStream.Current.Result.RequestId));
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext());
    }

    [Fact]
    public async Task Destinations_ThatAllDrain_TakeNoCallUntilOneServesAgain()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Health.IsDraining = pool.Second.Health.IsDraining = true;
        await pool.Gateway.RefreshAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(() => pool.WhereAsync());
        pool.Second.Health.IsDraining = false;

        Assert.Equal((StatusCode.Unavailable, 0), (fault.StatusCode, pool.First.Explainer.Calls));
        Assert.Contains("serves", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("second", await pool.WhereAsync());
    }

    [Fact]
    public async Task Model_ThatOneDestinationDoesNotServeYet_GoesToTheOther()
    {
        await using var first = await Destination.StartAsync("first", "models/a", "models/b");
        await using var second = await Destination.StartAsync("second", "models/a", "models/b");
        await using var other = await Destination.StartAsync("other", "models/c");
        first.Health.Refuse("models/b");
        first.Health.Refuse("cdam.v1.ExplainerService");
        await using var gateway = await StartPoolsAsync([("class", first), ("class", second), ("concept", other)]);

        var ready = await gateway.Client.ExplainAsync(new ExplainRequest { Model = "models/a" }, cancellationToken: Patience);
        var waiting = await gateway.Client.ExplainAsync(new ExplainRequest { Model = "models/b" }, cancellationToken: Patience);

        Assert.Equal(("first", "second"), (ready.RequestId, waiting.RequestId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("models/b")]
    public async Task OnlyPool_WithADestinationThatStillWarmsUp_UsesTheOther(string? header)
    {
        await using var first = await Destination.StartAsync("first", "models/a", "models/b");
        await using var second = await Destination.StartAsync("second", "models/a", "models/b");
        first.Health.Refuse("models/b");
        await using var gateway = await StartPoolsAsync([("explainers", first), ("explainers", second)]);
        await gateway.RefreshAsync();

        var headers = header is null ? new Metadata() : new Metadata { { "cdam-model", header } };
        var answer = await gateway.Client.ExplainAsync(new ExplainRequest { Model = "models/b" }, headers, cancellationToken: Patience);

        Assert.Equal("second", answer.RequestId);
    }

    private static async Task AskAsync(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> stream, string id)
    {
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id });
        do
        {
            Assert.True(await stream.ResponseStream.MoveNext());
        }
        while (stream.ResponseStream.Current.Id != id);
    }
}
