using Cdam.Telemetry.Http;
using Cdam.V1.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>How the evaluator's own server treats connections.</summary>
internal static class KestrelSettings
{
    internal static void Apply(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<EvaluatorOptions>>().Value;
        kestrel.AddServerHeader = false;
        HttpAddress.Open(kestrel, options.Listen, options.ListenHttp);
        kestrel.Limits.Http2.InitialConnectionWindowSize = WireLimits.InnerConnectionWindow;
        kestrel.Limits.Http2.InitialStreamWindowSize = WireLimits.InnerStreamWindow;
        kestrel.Limits.Http2.MaxStreamsPerConnection = WireLimits.StreamsPerConnection;

        // Evaluator:MaxMessageBytes bounds a request; Kestrel's own 30 MB would come first.
        kestrel.Limits.MaxRequestBodySize = null;

        // All calls of a gateway share a connection: one client that reads slowly must not end it.
        kestrel.Limits.MinResponseDataRate = null;
    }
}
