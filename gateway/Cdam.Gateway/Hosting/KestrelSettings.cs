using Cdam.Gateway.Tls;
using Cdam.Telemetry.Http;
using Cdam.V1.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>How the gateway's own server treats connections.</summary>
internal static class KestrelSettings
{
    // Throughput of a stream is at most window / round trip: Kestrel's 768 KiB would cap pictures at 30 MB/s over 25 ms.
    private const int StreamWindow = 8 << 20;

    // What streams hold that their pod does not take yet counts: eight such streams stop a client's others.
    private const int ConnectionWindow = 64 << 20;

    internal static void Apply(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        kestrel.AddServerHeader = false;

        // Without TLS there is no negotiation: a port speaks one version.
        var tls = kestrel.ApplicationServices.GetRequiredService<ListenerTls>();
        HttpAddress.Open(kestrel, options.Listen, endpoint => tls.Apply(endpoint, options.Listen, HttpProtocols.Http2));
        if (options.ListenHttp.Length > 0)
        {
            HttpAddress.Open(kestrel, options.ListenHttp, endpoint =>
            {
                HttpAddress.Mark(endpoint);
                tls.Apply(endpoint, options.ListenHttp, HttpProtocols.Http1);
            });
        }

        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        kestrel.Limits.Http2.MaxStreamsPerConnection = WireLimits.StreamsPerConnection;

        // Streams have no end that could be limited, and may wait for an answer as long as their deadline allows.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
