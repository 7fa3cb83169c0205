using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Cdam.Cli.Demo;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Google.Protobuf;
using Process = global::System.Diagnostics.Process;

namespace Cdam.System.Tests.Cluster;

/// <summary>
/// A gateway, two evaluators, up to three explainers and PostgreSQL, each a process, each "node" a loopback address of its own. A pod that
/// comes back has its old address, as in a StatefulSet.
/// </summary>
internal sealed partial class MiniatureCluster : IAsyncDisposable
{
    public static readonly string[] Explainers = ["explainer-0", "explainer-1", "explainer-2"];
    public static readonly string[] Evaluators = ["evaluator-0", "evaluator-1"];
    private const string GatewayName = "gateway";
    private const int Stop = 19; // SIGSTOP
    private const int Continue = 18; // SIGCONT

    private readonly ReferenceModel _model = new("dino-linear");
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, HostProcess> _pods = [];
    private readonly Dictionary<string, string> _addresses = [];
    private readonly PostgresServer _database;
    private readonly string _connection;
    private int _logs;

    private MiniatureCluster(PostgresServer database)
    {
        (_database, _connection) = (database, database.NewDatabase());
        foreach (var (name, node) in Explainers.Concat(Evaluators).Append(GatewayName).Select((name, node) => (name, node)))
        {
            _addresses[name] = $"http://127.0.0.{10 + node}:{FreePort.Find()}";
        }
    }

    /// <summary>Where clients connect.</summary>
    public string Gateway => _addresses[GatewayName];

    public string Model => _model.Name;

    /// <summary>Starts everything, with one explainer.</summary>
    public static async Task<MiniatureCluster> StartAsync(CancellationToken cancellation)
    {
        var cluster = new MiniatureCluster(await PostgresServer.StartAsync());
        try
        {
            await cluster._database.CreateAsync(cluster._connection);
            await Task.WhenAll(((string[])[GatewayName, Explainers[0], .. Evaluators]).Select(pod => cluster.StartAsync(pod, cancellation)));
            await Readiness.Wait(cluster.Gateway, ExplainerService.Descriptor.FullName, cancellation);
            await Readiness.Wait(cluster.Gateway, EvaluatorService.Descriptor.FullName, cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a pod, and returns once it listens; an explainer, once it is warm.</summary>
    public async Task StartAsync(string pod, CancellationToken cancellation)
    {
        var log = Path.Combine(_folder.Path, $"{pod}-{Interlocked.Increment(ref _logs)}.log");
        var name = pod == GatewayName ? "Cdam.Gateway" : Explainers.Contains(pod) ? "Cdam.Explainer" : "Cdam.Evaluator";
        var started = await HostProcess.Start(name, log, Arguments(pod), cancellation);
        _pods[pod] = started;
        if (Explainers.Contains(pod))
        {
            await Readiness.Wait(started.Address, "", cancellation);
        }
    }

    /// <summary>Ends a pod as Kubernetes does: it finishes what it has.</summary>
    public async Task EndAsync(string pod)
    {
        Assert.True(_pods.TryRemove(pod, out var host));
        await host.DisposeAsync();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(string pod)
    {
        using (var process = Process.GetProcessById(_pods[pod].Id))
        {
            process.Kill();
        }

        await EndAsync(pod);
    }

    /// <summary>Nothing comes from these pods any more, and nothing is refused: so a node looks that the network has lost.</summary>
    public void CutOff(params string[] pods) => Signal(pods, Stop);

    /// <summary>They go on, and know nothing of the time that has passed.</summary>
    public void Return(params string[] pods) => Signal(pods, Continue);

    /// <summary>The database goes away as after a power failure, and comes back.</summary>
    public async Task RestartDatabaseAsync(TimeSpan away, CancellationToken cancellation)
    {
        await _database.StopAsync();
        await Task.Delay(away, cancellation);
        await _database.ResumeAsync();
    }

    /// <summary>The model's picture with another first row for each number.</summary>
    public Image Picture(int number)
    {
        var image = _model.Image;
        var rgb = image.Picture.Rgb.ToByteArray();
        new Random(number).NextBytes(rgb.AsSpan(0, 3 * image.Picture.Width));
        image.Picture.Rgb = ByteString.CopyFrom(rgb);
        return image;
    }

    public async ValueTask DisposeAsync()
    {
        Return([.. _pods.Keys]);
        await Task.WhenAll(_pods.Values.Select(pod => pod.DisposeAsync().AsTask()));
        await _database.DisposeAsync();
        _model.Dispose();
        _folder.Dispose();
    }

    private string[] Arguments(string pod) => pod == GatewayName
        ?
        [
            $"--Gateway:Listen={Gateway}", "--Gateway:ListenHttp=", "--Gateway:RefreshInterval=00:00:00.25",
            $"--Gateway:Concepts:Path={Path.Combine(_folder.Path, "concepts.db")}",
            .. Explainers.Select(name => $"--ReverseProxy:Clusters:explainers:Destinations:{name}:Address={_addresses[name]}"),
            .. Evaluators.Select(name => $"--ReverseProxy:Clusters:evaluators:Destinations:{name}:Address={_addresses[name]}"),
        ]
        : Explainers.Contains(pod)
        ?
        [
            $"--Explainer:Listen={_addresses[pod]}", $"--Explainer:Models:0={_model.Folder}", "--Explainer:Device=cpu", "--Explainer:Threads=1",

            // All clients may come to one explainer at once.
            "--Explainer:QueueCapacity=512",
        ]
        :
        [
            $"--Evaluator:Listen={_addresses[pod]}", $"--Evaluator:ExplainerAddress={Gateway}", $"--Evaluator:Store:ConnectionString={_connection}",
            "--Evaluator:Benchmarks:LeaseSeconds=3", "--Evaluator:Benchmarks:ImagesInFlight=2",
        ];

    private void Signal(IEnumerable<string> pods, int signal)
    {
        foreach (var pod in pods)
        {
            Assert.Equal(0, SendSignal(_pods[pod].Id, signal));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
