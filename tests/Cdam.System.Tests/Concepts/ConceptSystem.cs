using Cdam.Attribution.Models;
using Cdam.Cli.Hosting;
using Cdam.Evaluator;
using Cdam.Explainer;
using Cdam.Gateway;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cdam.System.Tests.Concepts;

/// <summary>A gateway that keeps concepts, two explainers with the same model, and an evaluator, on sockets of this process.</summary>
internal sealed class ConceptSystem : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string Model = "models/small";

    private readonly TemporaryFolder _folder = new();
    private readonly List<WebApplication> _hosts = [];
    private readonly List<GrpcChannel> _channels = [];

    /// <summary>Everything goes through it.</summary>
    public GrpcChannel Gateway { get; private set; } = null!;

    /// <summary>Without the gateway.</summary>
    public IReadOnlyList<ExplainerService.ExplainerServiceClient> Explainers { get; private set; } = [];

    public ConceptService.ConceptServiceClient Concepts => new(Gateway);

    public string GatewayAddress { get; private set; } = "";

    /// <param name="kind">Of the store.</param>
    /// <param name="seed">Of the model's random weights.</param>
    /// <param name="keeper">Another gateway that the explainers ask for concepts.</param>
    public static async Task<ConceptSystem> StartAsync(string kind, ulong seed = 1, string? keeper = null)
    {
        var system = new ConceptSystem();
        try
        {
            await system.StartHostsAsync(kind, seed, keeper);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Noise, another for each number.</summary>
    public static Image Image(int seed)
    {
        var rgb = new byte[32 * 32 * 3];
        new Random(seed).NextBytes(rgb);
        return new Image { Picture = new Picture { Width = 32, Height = 32, Rgb = ByteString.CopyFrom(rgb) } };
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        foreach (var host in Enumerable.Reverse(_hosts))
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        _folder.Dispose();
    }

    /// <summary>Another evaluator on the same store.</summary>
    public Task<WebApplication> StartEvaluatorAsync(params string[] arguments) => StartAsync(EvaluatorHost.Build(
    [
        "--Evaluator:Listen=http://127.0.0.1:0", $"--Evaluator:ExplainerAddress={GatewayAddress}", "--Logging:LogLevel:Default=None",
        $"--Evaluator:Store:Path={Path.Combine(_folder.Path, "evaluator.db")}", .. arguments,
    ]));

    /// <summary>Speaks to one evaluator without the gateway.</summary>
    public EvaluatorService.EvaluatorServiceClient ClientOf(WebApplication evaluator) => new(Connect(Address(evaluator)));

    private async Task StartHostsAsync(string kind, ulong seed, string? keeper)
    {
        var folder = Path.Combine(_folder.Path, "small");
        RandomModel.Write(folder, "small", SmallBackbone.Reference, classes: 7, seed);
        var store = kind == Postgres
            ? $"--Gateway:Concepts:ConnectionString={await SharedPostgres.NewDatabaseAsync()}"
            : $"--Gateway:Concepts:Path={Path.Combine(_folder.Path, "concepts.db")}";
        var gateway = await StartAsync(GatewayHost.Build(["--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Logging:LogLevel:Default=None", store]));
        GatewayAddress = Address(gateway);
        var explainers = new List<string>();
        foreach (var pool in (string[])["explainers", "others"])
        {
            explainers.Add(Address(await StartAsync(ExplainerHost.Build(
            [
                "--Explainer:Listen=http://127.0.0.1:0", "--Explainer:Device=cpu", "--Explainer:Threads=1", "--Logging:LogLevel:Default=None", $"--Explainer:Models:0={folder}",
                $"--Explainer:ConceptService={keeper ?? GatewayAddress}", "--Explainer:ConceptFreshness=00:00:00",
            ]))));
            GatewayHost.Point(gateway, pool, explainers[^1]);
            await Readiness.Wait(explainers[^1], "", TestContext.Current.CancellationToken);
        }

        GatewayHost.Point(gateway, "evaluators", Address(await StartEvaluatorAsync()));
        await Readiness.Wait(GatewayAddress, EvaluatorService.Descriptor.FullName, TestContext.Current.CancellationToken);
        Gateway = Connect(GatewayAddress);
        Explainers = [.. explainers.Select(address => new ExplainerService.ExplainerServiceClient(Connect(address)))];
    }

    private GrpcChannel Connect(string address)
    {
        _channels.Add(GrpcChannel.ForAddress(address));
        return _channels[^1];
    }

    private async Task<WebApplication> StartAsync(WebApplication host)
    {
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    private static string Address(WebApplication host) =>
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
