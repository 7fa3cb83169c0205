using System.Diagnostics;

namespace Cdam.Telemetry.Calls;

/// <summary>
/// Sends the current span with each request, as W3C's <c>traceparent</c> and <c>tracestate</c>. In the place of HttpClient's own
/// propagation, which puts a span of its own in between, of a source that all hosts of a process share.
/// </summary>
/// <param name="inner">Does not propagate by itself.</param>
public sealed class TraceHeaders(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string GrpcClient = "Grpc.Net.Client.GrpcOut";
    private static readonly string[] Names = ["traceparent", "tracestate"];

    /// <summary>What a gRPC channel has by default, sending the current span.</summary>
    public static TraceHeaders ForChannel() => Over(new SocketsHttpHandler { EnableMultipleHttp2Connections = true });

    /// <summary>A handler of such requests.</summary>
    /// <param name="sockets">Set up otherwise.</param>
    public static TraceHeaders Over(SocketsHttpHandler sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        sockets.ActivityHeadersPropagator = null;
        return new TraceHeaders(sockets);
    }

    /// <summary>Replaces what headers a request has by the current span; leaves them where there is none.</summary>
    public static void Set(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Current() is not { } span)
        {
            return;
        }

        foreach (var name in Names)
        {
            request.Headers.Remove(name);
        }

        DistributedContextPropagator.Current.Inject(span, request, (_, name, value) =>
        {
            if (Names.Contains(name))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        });
    }

    /// <summary>gRPC's client puts an activity of its own around each request, which nobody exports: the parent would be missing.</summary>
    private static Activity? Current() => Activity.Current is { OperationName: GrpcClient, Parent: { } caller } ? caller : Activity.Current;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Set(request);
        return base.SendAsync(request, cancellationToken);
    }
}
