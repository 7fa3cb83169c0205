using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Clients;

/// <summary>A gateway and an explainer as processes, with the shipped models of scenes, and pictures to explain.</summary>
public sealed class ExplainingSystem : IAsyncLifetime
{
    private const int Side = 112;
    private readonly TemporaryFolder _folder = new();
    private readonly List<HostProcess> _processes = [];
    private GrpcChannel? _channel;

    /// <summary>Where clients connect, without the scheme.</summary>
    public string Address => new Uri(_processes[^1].Address).Authority;

    /// <summary>Where clients without gRPC connect, without the scheme.</summary>
    public string HttpAddress { get; private set; } = "";

    /// <summary>Scenes of one object each, as PNG files.</summary>
    public IReadOnlyList<string> Pictures { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        try
        {
            await Start();
            Pictures = [.. Enumerable.Range(0, 3).Select(number => Draw((uint)number))];
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>What the C# client gets.</summary>
    public async Task<float[]> Scores(string model, Target target, string picture)
    {
        var request = new ExplainRequest { Model = model, Targets = { target }, Image = new Image { Encoded = ByteString.CopyFrom(File.ReadAllBytes(picture)) } };
        var answer = await new ExplainerService.ExplainerServiceClient(_channel).ExplainAsync(
            request, cancellationToken: TestContext.Current.CancellationToken);
        return [.. answer.Maps.Single().Scores];
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task Start()
    {
        var shipped = new ModelLocations().Shipped;
        var explainer = await Start(
            "Cdam.Explainer", "--Explainer:Listen=http://127.0.0.1:0", "--Explainer:Device=cpu",
            $"--Explainer:Models:0={Path.Combine(shipped, "scenes")}", $"--Explainer:Models:1={Path.Combine(shipped, "scenes-concepts")}",

            // Batches of other sizes round differently; here every bit is compared.
            "--Explainer:MaxBatchSize=1");
        var gateway = await Start(
            "Cdam.Gateway", "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=http://127.0.0.1:0", $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer.Address}");
        await Readiness.Wait(explainer.Address, "", TestContext.Current.CancellationToken);
        await Readiness.Wait(gateway.Address, ExplainerService.Descriptor.FullName, TestContext.Current.CancellationToken);
        _channel = GrpcChannel.ForAddress(gateway.Address);
        HttpAddress = new Uri(await GatewayHttpAddress()).Authority;
    }

    private async Task<HostProcess> Start(string name, params string[] arguments)
    {
        _processes.Add(await HostProcess.Start(name, Path.Combine(_folder.Path, $"{name}.log"), arguments, TestContext.Current.CancellationToken));
        return _processes[^1];
    }

    /// <summary>The gateway prints where it speaks HTTP/1.1 in a line of its own, after the one that a process is started by.</summary>
    private async Task<string> GatewayHttpAddress()
    {
        const string prefix = "http ";
        while (true)
        {
            // The log is open for writing.
            using var log = new StreamReader(new FileStream(Path.Combine(_folder.Path, "Cdam.Gateway.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var lines = (await log.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n');
            if (lines.SkipLast(1).FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal)) is { } line)
            {
                return line[prefix.Length..].Trim();
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private string Draw(uint number)
    {
        var scene = new SceneGenerator(Side, seed: 0).Draw(SceneSet.OneObject, number);
        var path = Path.Combine(_folder.Path, $"{number}.png");
        File.WriteAllBytes(path, PngEncoder.Encode(new PixelImage(Side, Side, scene.Rgb)));
        return path;
    }
}
