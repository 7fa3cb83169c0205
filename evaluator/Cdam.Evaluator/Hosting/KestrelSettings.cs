using Cdam.Telemetry.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Hosting;

/// <summary>How the evaluator's own server treats connections.</summary>
internal static class KestrelSettings
{
    // All clients of a gateway share its connection, whose window is taken by what the streams hold that are not read yet: a thousand such
    // streams stop the others. One stream is good for 40 MB/s over 25 ms.
    private const int StreamWindow = 1 << 20;
    private const int ConnectionWindow = 1 << 30;

    // SocketsHttpHandler opens another connection when one has no stream left, and stops pinging the full one: the calls on it would not
    // notice that this machine has vanished.
    private const int StreamsPerConnection = 10_000;

    internal static void Apply(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<EvaluatorOptions>>().Value;
        kestrel.AddServerHeader = false;
        HttpAddress.Open(kestrel, options.Listen, options.ListenHttp);
        kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindow;
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindow;
        kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;

        // Evaluator:MaxMessageBytes bounds a request; Kestrel's own 30 MB would come first.
        kestrel.Limits.MaxRequestBodySize = null;

        // All calls of a gateway share a connection: one client that reads slowly must not end it.
        kestrel.Limits.MinResponseDataRate = null;
    }
}
