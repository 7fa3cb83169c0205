using Cdam.Attribution.Models;
using Cdam.Explainer;
using Cdam.Telemetry.Calls;
using Cdam.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Cdam.Cli.Hosting;

/// <summary>A way to an explainer: a server that is there, or one hosted in this process, on a socket all the same.</summary>
internal sealed class ExplainerConnection : IAsyncDisposable
{
    private const int MaxMessageBytes = 256 << 20;
    private readonly GrpcChannel _channel;
    private readonly WebApplication? _host;

    private ExplainerConnection(string address, WebApplication? host)
    {
        _host = host;
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
            HttpHandler = TraceHeaders.ForChannel(),
            DisposeHttpClient = true,
        });
        Client = new ExplainerService.ExplainerServiceClient(_channel);
    }

    /// <summary>The explainer.</summary>
    public ExplainerService.ExplainerServiceClient Client { get; }

    /// <summary>Connects to a server.</summary>
    public static ExplainerConnection ToServer(string address) => new(address, null);

    /// <summary>Hosts an explainer for one model folder.</summary>
    public static async Task<ExplainerConnection> InProcess(string modelFolder, CancellationToken cancellation)
    {
        // A manifest that cannot be used is better reported now than from within the host.
        ModelManifest.Read(modelFolder);
        var host = ExplainerHost.Build(
        [
            "--Explainer:Listen=http://127.0.0.1:0",
            $"--Explainer:Models:0={Path.GetFullPath(modelFolder)}",
            "--Logging:LogLevel:Default=Warning",
        ]);
        await host.StartAsync(cancellation);
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await Readiness.Wait(address, "", cancellation);
        return new ExplainerConnection(address, host);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
        }
    }
}
