using Cdam.Gateway.Tls;
using Cdam.Telemetry.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Hosting;

/// <summary>How the gateway's own server treats connections.</summary>
internal static class KestrelSettings
{
    // Throughput of a stream is at most window / round trip: Kestrel's 768 KiB would cap pictures at 30 MB/s over 25 ms.
    private const int WindowBytes = 8 * 1024 * 1024;

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

        kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;

        // Streams have no end that could be limited, and may wait for an answer as long as their deadline allows.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    }
}
