using System.Diagnostics;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Retrying;
using Cdam.Gateway.Routing;
using Cdam.Telemetry.Calls;
using Google.Rpc;

namespace Cdam.Gateway.Telemetry;

/// <summary>The span of one attempt at a destination, whose span of the call is its child. Next to the forwarder, inside retries.</summary>
internal sealed class AttemptSpanMiddleware(RequestDelegate next, ActivitySource spans)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var span = spans.StartActivity("forward", ActivityKind.Client);
        await next(context);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        span.SetTag("rpc.system.name", "grpc").SetTag("rpc.method", CallPath.MethodOf(context).TrimStart('/'));
        span.SetTag("cdam.pool", proxy.Cluster.Config.ClusterId);
        if (proxy.ProxiedDestination is { } destination)
        {
            var address = new Uri(destination.Model.Config.Address);
            span.SetTag("cdam.destination", destination.DestinationId);
            span.SetTag("server.address", address.Host).SetTag("server.port", address.Port);
        }

        if (context.GetForwarderErrorFeature() is { } fault)
        {
            span.SetTag("error.type", fault.Error.ToString()).SetStatus(ActivityStatusCode.Error);
        }
        else if (GrpcCall.StatusOf(context) is { } code)
        {
            span.SetTag("rpc.response.status_code", StatusName.Of((int)code));
            span.SetStatus(code == Code.Ok ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        }
        else if (context.Features.Get<CallAttempt>()?.IsRefused == true)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
