using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Cdam.V1.Errors;
using Google.Protobuf;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Retrying;

public sealed class RetryTests
{
    private static RpcException Draining(string message) =>
        WireStatus.Unavailable(message, TimeSpan.FromSeconds(1), "DRAINING").ToRpcException();

    [Fact]
    public async Task Unary_RefusedAsUnavailable_IsAnsweredByAnotherDestinationWithTheSameMessage()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = Draining("first");
        var image = ByteString.CopyFrom(new byte[300_000]);

        var answer = await pool.Gateway.Client.ExplainAsync(
            new ExplainRequest { Image = new Image { Encoded = image } }, cancellationToken: Patience);

        Assert.Equal(("second", image), (answer.RequestId, answer.Maps[0].HeatMapPng));
        Assert.Equal((1, 1), (pool.First.Explainer.Calls, pool.Second.Explainer.Calls));
    }

    [Fact]
    public async Task Unary_ToADestinationThatIsGone_IsAnsweredByAnother()
    {
        await using var pool = await TwoDestinations.StartAsync();
        await pool.First.KillAsync();

        Assert.Equal("second", await pool.WhereAsync());
    }

    [Fact]
    public async Task Unary_WhoseDestinationDiesDuringIt_IsAnsweredByAnother()
    {
        await using var pool = await TwoDestinations.StartAsync();
        var call = pool.WhereAsync(new ExplainRequest { RequestId = StubExplainer.Silent });
        await pool.First.Explainer.Waiting.WaitAsync(Patience);
        await pool.First.KillAsync();

        // The same request waits at the other one now.
        await pool.Second.Explainer.Waiting.WaitAsync(Patience);
        Assert.False(call.IsCompleted);
        await pool.Second.KillAsync();
        await Assert.ThrowsAsync<RpcException>(() => call);
    }

    [Fact]
    public async Task Unary_RefusedEverywhere_EndsWithTheLastRefusalAsItIs()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = Draining("first");
        pool.Second.Explainer.Fault = Draining("second – at last");

        var fault = await Assert.ThrowsAsync<RpcException>(() => pool.WhereAsync());

        Assert.Equal((StatusCode.Unavailable, "second – at last"), (fault.StatusCode, fault.Status.Detail));
        Assert.Equal("DRAINING", fault.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
        Assert.Equal((1, 1), (pool.First.Explainer.Calls, pool.Second.Explainer.Calls));
    }

    [Theory]
    [InlineData("--Gateway:MaxAttempts=1", 0)]
    [InlineData("--Gateway:ReplayBytes=1000", 2000)]
    public async Task Unary_ThatMayNotBeSentAgain_EndsWithTheRefusalAsItIs(string setting, int imageBytes)
    {
        await using var pool = await TwoDestinations.StartAsync(setting);
        pool.First.Explainer.Fault = Draining("first");

        var fault = await Assert.ThrowsAsync<RpcException>(() =>
            pool.WhereAsync(new ExplainRequest { Image = new Image { Encoded = ByteString.CopyFrom(new byte[imageBytes]) } }));

        Assert.Equal((StatusCode.Unavailable, "first", 0), (fault.StatusCode, fault.Status.Detail, pool.Second.Explainer.Calls));
        Assert.Equal("DRAINING", fault.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
    }

    [Fact]
    public async Task Unary_FailedForAnotherReason_IsNotSentAgain()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = WireStatus.InvalidArgument("model", "is wrong").ToRpcException();

        var fault = await Assert.ThrowsAsync<RpcException>(() => pool.WhereAsync());

        Assert.Equal((StatusCode.InvalidArgument, 0), (fault.StatusCode, pool.Second.Explainer.Calls));
    }

    [Fact]
    public async Task Stream_RefusedAsUnavailable_IsNotSentAgain()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = Draining("first");
        using var call = pool.Gateway.Client.Embed(cancellationToken: Patience);

        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.Unavailable, "first"), (fault.StatusCode, fault.Status.Detail));
    }

    [Fact]
    public async Task Stream_WhoseDestinationDiesAfterItsFirstByte_IsNotSentAgain()
    {
        await using var pool = await TwoDestinations.StartAsync();
        using var call = pool.Gateway.Client.ExplainStream(cancellationToken: Patience);
        Assert.True(await call.ResponseStream.MoveNext());

        await pool.First.KillAsync();
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.Unavailable, 0), (fault.StatusCode, pool.Second.Explainer.Calls));
    }

    [Fact]
    public async Task Stream_ThatFailsAfterItsFirstByte_IsNotSentAgain()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = Draining("first");
        using var call = pool.Gateway.Client.ExplainStream(cancellationToken: Patience);

        Assert.True(await call.ResponseStream.MoveNext());
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.Unavailable, 0), (fault.StatusCode, pool.Second.Explainer.Calls));
    }
}
