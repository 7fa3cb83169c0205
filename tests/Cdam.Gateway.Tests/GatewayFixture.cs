using Cdam.Gateway.Tests.Destinations;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Cdam.Gateway.Tests;

/// <summary>A real gateway on a free port, by default with one destination behind both clusters.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private GatewayFixture(WebApplication app, Destination? destination)
    {
        App = app;
        DestinationBehind = destination;
        Channel = GrpcChannel.ForAddress(app.Urls.First(), new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public WebApplication App { get; }

    public GrpcChannel Channel { get; }

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

    private static async Task<GatewayFixture> StartAsync(Destination? destination, string[] args)
    {
        var app = GatewayHost.Build(["--Gateway:Listen=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", .. args]);
        await app.StartAsync();
        return new GatewayFixture(app, destination);
    }

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
