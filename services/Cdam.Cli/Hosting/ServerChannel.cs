using Cdam.Telemetry.Calls;
using Cdam.V1.Clients;
using Cdam.V1.Limits;
using Grpc.Net.Client;

namespace Cdam.Cli.Hosting;

/// <summary>Connections to servers.</summary>
internal static class ServerChannel
{
    /// <summary>Connects when the first call is made. Servers limit messages; a client takes what they send.</summary>
    /// <exception cref="ArgumentException">A file of <paramref name="access"/> cannot be used.</exception>
    public static GrpcChannel Open(string address, ClientAccess? access = null) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = WireLimits.MostMessageBytes,
        MaxSendMessageSize = WireLimits.MostMessageBytes,
        DisposeHttpClient = true,
        HttpHandler = new TraceHeaders((access ?? new ClientAccess()).Over(
            new SocketsHttpHandler { EnableMultipleHttp2Connections = true, ActivityHeadersPropagator = null })),
    });
}
