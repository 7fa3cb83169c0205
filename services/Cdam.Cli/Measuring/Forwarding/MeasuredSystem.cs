using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Cli.Models;
using Cdam.V1;
using Grpc.Net.Client;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>An explainer, a gateway before it and a plain proxy before it, each a process, with a model that is in use and one that costs next to nothing.</summary>
internal sealed class MeasuredSystem : IAsyncDisposable
{
    /// <summary>The name of the model that costs next to nothing.</summary>
    public const string Light = "models/light";

    /// <summary>The name of the shipped model, of 112 pixels.</summary>
    public const string Scenes = "models/scenes";

    /// <summary>The command of the gateway's process.</summary>
    public const string GatewayProcess = "gateway-process";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-measure-");
    private readonly List<GrpcChannel> _channels = [];
    private HostProcess? _explainer;
    private MeasuredProcess? _gateway;
    private MeasuredProcess? _proxy;

    private MeasuredSystem()
    {
    }

    /// <summary>The gateway's process.</summary>
    public MeasuredProcess Gateway => _gateway!;

    /// <summary>The plain proxy's process.</summary>
    public MeasuredProcess Proxy => _proxy!;

    /// <summary>Starts all, and returns once the gateway serves.</summary>
    public static async Task<MeasuredSystem> Start(CancellationToken cancellation)
    {
        var system = new MeasuredSystem();
        try
        {
            var light = Path.Combine(system._folder.FullName, "light");
            var backbone = new BackboneConfig { Naming = BackboneNaming.Dino, Image = 32, Patch = 8, Dim = 16, Depth = 1, Heads = 1, Mlp = 16 };
            RandomModel.Write(light, "light", new BackboneReference(null, backbone), classes: 2, seed: 0);
            var log = Path.Combine(system._folder.FullName, "explainer.log");
            system._explainer = await HostProcess.Start("Cdam.Explainer", log,
                [
                    "--Explainer:Listen=http://127.0.0.1:0", "--Explainer:Device=cpu", "--Logging:LogLevel:Default=Warning",
                    $"--Explainer:Models:0={Path.GetFullPath(new ModelLocations().Find("scenes"))}", $"--Explainer:Models:1={light}",
                ],
                cancellation);
            await Readiness.Wait(system._explainer.Address, "", cancellation);
            system._gateway = await MeasuredProcess.Start(GatewayProcess, GatewaySettings(system._explainer.Address), cancellation);
            system._proxy = await MeasuredProcess.Start(PlainProxy.Name, [system._explainer.Address], cancellation);
            await Readiness.Wait(system._gateway.Address, ExplainerService.Descriptor.FullName, cancellation);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that connects to the explainer itself.</summary>
    public ExplainerService.ExplainerServiceClient Direct() => Connect(_explainer!.Address);

    /// <summary>A client that connects to the gateway.</summary>
    public ExplainerService.ExplainerServiceClient Through() => Connect(Gateway.Address);

    /// <summary>A client that connects to the plain proxy.</summary>
    public ExplainerService.ExplainerServiceClient Plainly() => Connect(Proxy.Address);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await (_proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_explainer?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    private static string[] GatewaySettings(string explainer) =>
    [
        "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer}",
        "--Logging:LogLevel:Default=None",
    ];

    private ExplainerService.ExplainerServiceClient Connect(string address)
    {
        _channels.Add(GrpcChannel.ForAddress(address));
        return new ExplainerService.ExplainerServiceClient(_channels[^1]);
    }
}
