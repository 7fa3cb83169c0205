using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cdam.Gateway.Tests;

/// <summary>A real gateway on a free port, by default with one destination behind both clusters.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private GatewayFixture(WebApplication app, Destination? destination)
    {
        App = app;
        DestinationBehind = destination;
        Channel = GrpcChannel.ForAddress(app.Urls.First(), new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Client = new ExplainerService.ExplainerServiceClient(Channel);
    }

    // Only a call that hangs reaches this; the slowest test here takes about two seconds.
    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public WebApplication App { get; }

    /// <summary>Where it listens for what is not gRPC.</summary>
    public Uri Http => new(App.Urls.Last());

    public GrpcChannel Channel { get; }

    public ExplainerService.ExplainerServiceClient Client { get; }

    private Destination? DestinationBehind { get; }

    public Destination Destination => DestinationBehind ?? throw new InvalidOperationException("This gateway has no destination.");

    public static async Task<GatewayFixture> StartAsync(params string[] args)
    {
        var destination = await Destination.StartAsync();
        return await StartAsync(destination, [
            $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={destination.Address}",
            $"--ReverseProxy:Clusters:evaluators:Destinations:one:Address={destination.Address}",
            .. args,
        ]);
    }

    public static Task<GatewayFixture> StartWithoutDestinationAsync() => StartAsync(null, []);

    /// <summary>A gateway before pools; the destinations remain the caller's to dispose.</summary>
    /// <param name="destinations">Of several of one pool, in the order of their names.</param>
    /// <param name="args">Further settings.</param>
    public static Task<GatewayFixture> StartPoolsAsync(IEnumerable<(string Pool, Destination Destination)> destinations, params string[] args) =>
        StartAsync(null, [
            .. destinations.Select((entry, index) =>
                $"--ReverseProxy:Clusters:{entry.Pool}:Destinations:d{index}:Address={entry.Destination.Address}"),
            "--Gateway:RefreshInterval=00:00:00.1",
            .. args,
        ]);

    public static async Task<GatewayFixture> StartAsync(
        Destination? destination, string[] args, Action<IServiceCollection>? replace = null)
    {
        var app = GatewayHost.Build(
            ["--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", .. args], replace ?? (_ => { }));
        await app.StartAsync();
        return new GatewayFixture(app, destination);
    }

    /// <summary>Waits until the gateway has asked its destinations anew.</summary>
    public Task RefreshAsync() => App.Services.GetRequiredService<RefreshSignal>().FreshAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await App.StopAsync(new CancellationToken(canceled: true));
        await App.DisposeAsync();
        if (DestinationBehind is not null)
        {
            await DestinationBehind.DisposeAsync();
        }
    }
}
