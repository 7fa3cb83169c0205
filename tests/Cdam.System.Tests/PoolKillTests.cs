using Cdam.Cli.Demo;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Process = global::System.Diagnostics.Process;

namespace Cdam.System.Tests;

/// <summary>A gateway before two explainers, all of them processes; one explainer is added, the other killed (SIGKILL).</summary>
public sealed class PoolKillTests : IAsyncDisposable
{
    private readonly ReferenceModel _model = new("dino-linear");
    private readonly TemporaryFolder _folder = new();
    private readonly List<HostProcess> _processes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ExplainRequest Request => new() { Model = _model.Name, Image = _model.Image };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Explainers_OneAddedAndTheOtherKilledMidStream_EveryCallIsAnsweredOrEndsWithAStatus()
    {
        var (firstPort, secondPort) = (FreePort.Find(), FreePort.Find());
        var first = await StartExplainer(firstPort);
        using var channel = GrpcChannel.ForAddress(await StartGateway(firstPort, secondPort));
        var client = new ExplainerService.ExplainerServiceClient(channel);
        using var stream = client.ExplainStream(cancellationToken: Cancellation);
        Assert.Equal("1", await Ask(stream, "1"));

        var second = await StartExplainer(secondPort);
        await Readiness.Wait(second.Address, "", Cancellation);
        while (!HasExplained(second))
        {
            await client.ExplainAsync(Request, cancellationToken: Cancellation);
        }

        Assert.Equal("2", await Ask(stream, "2"));
        await Kill(first);
        var lost = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal((StatusCode.Unavailable, "DESTINATION_LOST"), (lost.StatusCode, lost.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));

        // Each of these would fail if it went to the one that is gone.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await client.ExplainAsync(Request, cancellationToken: Cancellation)));
        Assert.All(answers, answer => Assert.Equal(_model.Name, answer.Model));
        using var next = client.ExplainStream(cancellationToken: Cancellation);
        Assert.Equal("3", await Ask(next, "3"));
    }

    private async Task<HostProcess> StartExplainer(int port) => await Start(
        "Cdam.Explainer", $"--Explainer:Listen=http://127.0.0.1:{port}", $"--Explainer:Models:0={_model.Folder}", "--Explainer:Device=cpu");

    /// <summary>A gateway that knows both addresses; nothing listens at the second yet.</summary>
    private async Task<string> StartGateway(int firstPort, int secondPort)
    {
        var gateway = await Start(
            "Cdam.Gateway", "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Gateway:RefreshInterval=00:00:00.1",
            $"--ReverseProxy:Clusters:explainers:Destinations:one:Address=http://127.0.0.1:{firstPort}",
            $"--ReverseProxy:Clusters:explainers:Destinations:two:Address=http://127.0.0.1:{secondPort}");
        await Readiness.Wait(gateway.Address, ExplainerService.Descriptor.FullName, Cancellation);
        return gateway.Address;
    }

    private async Task<HostProcess> Start(string name, params string[] arguments)
    {
        _processes.Add(await HostProcess.Start(name, LogOf(_processes.Count), arguments, Cancellation));
        return _processes[^1];
    }

    private string LogOf(int process) => Path.Combine(_folder.Path, $"{process}.log");

    /// <summary>By its log, which has a line for each image.</summary>
    private bool HasExplained(HostProcess process)
    {
        using var log = new StreamReader(new FileStream(LogOf(_processes.IndexOf(process)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Contains("explained 1 targets", StringComparison.Ordinal);
    }

    private static async Task Kill(HostProcess host)
    {
        using var process = Process.GetProcessById(host.Id);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    /// <returns>The id of the result.</returns>
    private async Task<string> Ask(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> stream, string id)
    {
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id, Request = Request }, Cancellation);
        do
        {
            Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        }
        while (stream.ResponseStream.Current.Result is null);
        return stream.ResponseStream.Current.Id;
    }
}
