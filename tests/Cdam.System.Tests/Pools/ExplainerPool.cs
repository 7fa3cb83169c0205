using System.Runtime.InteropServices;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Grpc.Core;
using Process = global::System.Diagnostics.Process;

namespace Cdam.System.Tests.Pools;

/// <summary>A gateway before explainers, all of them processes, with a small model.</summary>
internal sealed partial class ExplainerPool : IAsyncDisposable
{
    private const int Stop = 19; // SIGSTOP
    private const int Continue = 18; // SIGCONT
    private readonly ReferenceModel _model = new("dino-linear");
    private readonly TemporaryFolder _folder = new();
    private readonly List<HostProcess> _processes = [];

    /// <summary>The model's picture, for all its outputs.</summary>
    public ExplainRequest Request => new() { Model = _model.Name, Image = _model.Image };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="models">Folders of further models.</param>
    public async Task<HostProcess> StartExplainer(int port, params IEnumerable<string> models) => await Start(
        "Cdam.Explainer",
        [
            $"--Explainer:Listen=http://127.0.0.1:{port}", "--Explainer:Device=cpu",
            .. models.Prepend(_model.Folder).Select((folder, number) => $"--Explainer:Models:{number}={folder}"),
        ]);

    /// <summary>A gateway that knows explainers at these ports, of which the first listens.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> StartGateway(params IEnumerable<int> ports)
    {
        var gateway = await Start(
            "Cdam.Gateway",
            [
                "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Gateway:RefreshInterval=00:00:00.1",
                .. ports.Select((port, number) => $"--ReverseProxy:Clusters:explainers:Destinations:{number}:Address=http://127.0.0.1:{port}"),
            ]);
        await Readiness.Wait(gateway.Address, ExplainerService.Descriptor.FullName, Cancellation);
        return gateway.Address;
    }

    /// <summary>By its log, which has a line for each image.</summary>
    public bool HasExplained(HostProcess explainer)
    {
        using var log = new StreamReader(new FileStream(LogOf(_processes.IndexOf(explainer)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd().Contains("explained 1 targets", StringComparison.Ordinal);
    }

    /// <summary>SIGKILL.</summary>
    public static async Task Kill(HostProcess host)
    {
        using var process = Process.GetProcessById(host.Id);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    /// <summary>Nothing comes from it any more, and nothing is refused: so a machine looks that the network has lost.</summary>
    public static void CutOff(HostProcess host) => Assert.Equal(0, SendSignal(host.Id, Stop));

    /// <summary>It goes on; it could not be stopped otherwise.</summary>
    public static void Return(HostProcess host) => Assert.Equal(0, SendSignal(host.Id, Continue));

    /// <summary>Asks for the maps of the picture on a stream.</summary>
    /// <returns>The id of the result.</returns>
    public async Task<string> Ask(AsyncDuplexStreamingCall<ExplainStreamRequest, ExplainStreamResponse> stream, string id)
    {
        await stream.RequestStream.WriteAsync(new ExplainStreamRequest { Id = id, Request = Request }, Cancellation);
        do
        {
            Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
            Assert.Null(stream.ResponseStream.Current.Error);
        }
        while (stream.ResponseStream.Current.Result is null);
        return stream.ResponseStream.Current.Id;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _model.Dispose();
        _folder.Dispose();
    }

    private async Task<HostProcess> Start(string name, params string[] arguments)
    {
        _processes.Add(await HostProcess.Start(name, LogOf(_processes.Count), arguments, Cancellation));
        return _processes[^1];
    }

    private string LogOf(int process) => Path.Combine(_folder.Path, $"{process}.log");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
