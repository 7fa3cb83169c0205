using Cdam.Gateway.Tls;
using Yarp.ReverseProxy.Forwarder;

namespace Cdam.Gateway.Pools;

/// <summary>The connections to destinations.</summary>
internal sealed class DestinationConnections(DestinationTrust trust, ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    // Beside it, dead destinations would hold their calls until the activity timeout.
    private static readonly TimeSpan PingAfterSilence = TimeSpan.FromSeconds(20);

    // SocketsHttpHandler starts at 64 KiB and grows only with measured round trips.
    private const int WindowBytes = 8 * 1024 * 1024;

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ActivityHeadersPropagator = null;    // A transform passes the trace on.
        handler.InitialHttp2StreamWindowSize = WindowBytes;
        handler.KeepAlivePingDelay = PingAfterSilence;
        handler.KeepAlivePingTimeout = PingAfterSilence;
        trust.Apply(handler);
    }
}
