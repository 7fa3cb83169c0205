using Cdam.Cli.Demo;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Pools;

/// <summary>A gateway before two explainers, all of them processes; one explainer is added, the other killed (SIGKILL).</summary>
public sealed class PoolKillTests : IAsyncDisposable
{
    private readonly ExplainerPool _pool = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Explainers_OneAddedAndTheOtherKilledMidStream_EveryCallIsAnsweredOrEndsWithAStatus()
    {
        var (firstPort, secondPort) = (FreePort.Find(), FreePort.Find());
        var first = await _pool.StartExplainer(firstPort);
        using var channel = GrpcChannel.ForAddress(await _pool.StartGateway(firstPort, secondPort));
        var client = new ExplainerService.ExplainerServiceClient(channel);
        using var stream = client.ExplainStream(cancellationToken: Cancellation);
        Assert.Equal("1", await _pool.Ask(stream, "1"));

        var second = await _pool.StartExplainer(secondPort);
        await Readiness.Wait(second.Address, "", Cancellation);
        while (!_pool.HasExplained(second))
        {
            await client.ExplainAsync(_pool.Request, cancellationToken: Cancellation);
        }

        Assert.Equal("2", await _pool.Ask(stream, "2"));
        await ExplainerPool.Kill(first);
        var lost = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal((StatusCode.Unavailable, "DESTINATION_LOST"), (lost.StatusCode, lost.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));

        // Each of these would fail if it went to the one that is gone.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await client.ExplainAsync(_pool.Request, cancellationToken: Cancellation)));
        Assert.All(answers, answer => Assert.Equal(_pool.Request.Model, answer.Model));
        using var next = client.ExplainStream(cancellationToken: Cancellation);
        Assert.Equal("3", await _pool.Ask(next, "3"));
    }
}
