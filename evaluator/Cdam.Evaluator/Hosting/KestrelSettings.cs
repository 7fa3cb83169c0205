using Cdam.Telemetry.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>How the evaluator's own server treats connections.</summary>
internal static class KestrelSettings
{
    // Throughput of a stream is at most window / round trip: Kestrel's 768 KiB would cap pictures at 30 MB/s over 25 ms.
    private const int WindowBytes = 8 * 1024 * 1024;

    internal static void Apply(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<EvaluatorOptions>>().Value;
        kestrel.AddServerHeader = false;
        HttpAddress.Open(kestrel, options.Listen, options.ListenHttp);
        kestrel.Limits.Http2.InitialConnectionWindowSize = WindowBytes;
        kestrel.Limits.Http2.InitialStreamWindowSize = WindowBytes;

        // Evaluator:MaxMessageBytes bounds a request; Kestrel's own 30 MB would come first.
        kestrel.Limits.MaxRequestBodySize = null;

        // All calls of a gateway share a connection: one client that reads slowly must not end it.
        kestrel.Limits.MinResponseDataRate = null;
    }
}
