using Cdam.Telemetry.Calls;
using Grpc.Net.Client;

namespace Cdam.Evaluator.Hosting;

/// <summary>The connection to the explainers.</summary>
internal static class ExplainerChannel
{
    private const int WindowBytes = 8 * 1024 * 1024;

    // Without pings a machine that vanished would hold its calls until their deadline.
    private static readonly TimeSpan PingAfterSilence = TimeSpan.FromSeconds(20);

    // No HttpClient with its timeout of 100 s: deadlines bound calls.
    internal static GrpcChannel Open(EvaluatorOptions options) => GrpcChannel.ForAddress(options.ExplainerAddress, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = options.MaxMessageBytes,
        DisposeHttpClient = true,
        HttpHandler = new TraceHeaders(options.ToAccess().Over(new SocketsHttpHandler
        {
            // A connection carries 100 calls; more wait without this.
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = WindowBytes,
            KeepAlivePingDelay = PingAfterSilence,
            KeepAlivePingTimeout = PingAfterSilence,
            ActivityHeadersPropagator = null,    // TraceHeaders does it.
        })),
    });
}
