using Cdam.Cli.Demo;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Pools;

/// <summary>All calls of all clients share the gateway's connection to an explainer; none may pay for another.</summary>
public sealed class CrowdedConnectionTests : IAsyncDisposable
{
    // A silent connection is given up after 20 s and 20 more; the machine may have other things to do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ExplainerPool _pool = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    /// <summary>
    /// More calls than a connection carries as servers are usually set (100): a handler that has opened a second connection stops pinging the
    /// full one, and the calls on it would wait for ever for a machine that vanished without a word.
    /// </summary>
    [Fact]
    public async Task ManyStreamsOfAVanishedExplainer_AllEndWithAStatus()
    {
        var (explainer, channel) = await Start();
        using var connected = channel;
        var client = new ExplainerService.ExplainerServiceClient(channel);
        var calls = Enumerable.Range(0, 120).Select(_ => client.ExplainStream(cancellationToken: Cancellation)).ToArray();
        try
        {
            // The explainer has accepted each.
            Assert.All(await Task.WhenAll(calls.Select(call => call.ResponseStream.MoveNext(Cancellation))).WaitAsync(Patience, Cancellation), Assert.True);
            Assert.All(calls, call => Assert.NotNull(call.ResponseStream.Current.Started));
            ExplainerPool.CutOff(explainer);

            var ends = await Task.WhenAll(calls.Select(async call => await Record.ExceptionAsync(() => call.ResponseStream.MoveNext(Cancellation))))
                .WaitAsync(Patience, Cancellation);

            Assert.All(ends, end => Assert.Equal(StatusCode.Unavailable, Assert.IsType<RpcException>(end).StatusCode));
        }
        finally
        {
            ExplainerPool.Return(explainer);
            Array.ForEach(calls, call => call.Dispose());
        }
    }

    /// <summary>Clients that send on and read nothing: what the explainer does not take from them yet waits in the connection's window.</summary>
    [Fact]
    public async Task StreamsThatNobodyReads_LeaveOtherCallsAlone()
    {
        var (_, channel) = await Start(Path.Combine(new ModelLocations().Shipped, "scenes"));
        using var connected = channel;
        var client = new ExplainerService.ExplainerServiceClient(channel);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var stalled = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Stall(channel.Target, end.Token)));

        var answer = await client.ExplainAsync(_pool.Request, deadline: DateTime.UtcNow + Patience, cancellationToken: Cancellation);

        Assert.Equal(_pool.Request.Model, answer.Model);
        await end.CancelAsync();
        Array.ForEach(stalled, connection => connection.Dispose());
    }

    private async Task<(HostProcess Explainer, GrpcChannel Channel)> Start(params IEnumerable<string> models)
    {
        var port = FreePort.Find();
        var explainer = await _pool.StartExplainer(port, models);
        return (explainer, GrpcChannel.ForAddress(await _pool.StartGateway(port)));
    }

    /// <summary>A client of its own that asks for megabytes, reads nothing, and writes until nothing is taken any more.</summary>
    private static async Task<GrpcChannel> Stall(string gateway, CancellationToken end)
    {
        const int side = 112;
        var request = new ExplainRequest
        {
            Model = "models/scenes",
            Image = new Image { Picture = new Picture { Width = side, Height = side, Rgb = ByteString.CopyFrom(new byte[side * side * 3]) } },
            Targets = { SceneGenerator.ClassNames.Select(name => new Target { Output = name }) },
        };
        var channel = GrpcChannel.ForAddress($"http://{gateway}");
        var call = new ExplainerService.ExplainerServiceClient(channel).ExplainStream(cancellationToken: end);
        for (var number = 0; ; number++)
        {
            var write = call.RequestStream.WriteAsync(new ExplainStreamRequest { Id = $"{number}", Request = request, IncludeTokenGradients = true }, Cancellation);
            if (await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(2), Cancellation)) != write)
            {
                _ = write.ContinueWith(late => _ = late.Exception, TaskScheduler.Default);
                return channel;
            }

            await write;
        }
    }
}
