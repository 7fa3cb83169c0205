using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cdam.Gateway.Hosting;

/// <summary>How the gateway's own server treats connections.</summary>
internal static class KestrelSettings
{
    // Throughput of a stream is at most window / round trip: Kestrel's 768 KiB would cap pictures at 30 MB/s over 25 ms.
    private const int WindowBytes = 8 * 1024 * 1024;

    internal static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Without TLS there is no negotiation: a port speaks one version.
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2);
        kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;

        // Streams have no end that could be limited, and may wait for an answer as long as their deadline allows.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
