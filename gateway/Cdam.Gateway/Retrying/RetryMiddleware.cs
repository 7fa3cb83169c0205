using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Routing;
using Cdam.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Retrying;

/// <summary>
/// Sends a call that failed before the first byte of its answer to another destination, where that cannot do harm: the method is
/// idempotent, the destination was lost or unavailable, and the request is short enough to be kept. Sits before load balancing.
/// </summary>
internal sealed partial class RetryMiddleware(
    RequestDelegate next, IOptions<GatewayOptions> options, GatewayMeter meter, ILogger<RetryMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var rest = proxy.AvailableDestinations;
        if (rest.Count < 2 || options.Value.MaxAttempts < 2 || !IdempotentCalls.Contains(CallPath.MethodOf(context)))
        {
            await next(context);
            return;
        }

        var body = new ReplayBody(context.Request.Body, options.Value.ReplayBytes);
        context.Request.Body = body;
        for (var left = options.Value.MaxAttempts - 1; ; left--)
        {
            var attempt = left > 0 && rest.Count > 1 ? new CallAttempt() : null;
            context.Features.Set(attempt);
            await next(context);
            if (attempt is null || !HasFailed(context, attempt) || !body.Rewind())
            {
                return;
            }

            rest = [.. rest.Where(destination => destination != proxy.ProxiedDestination)];
            meter.Retried(proxy.Cluster.Config.ClusterId);
            LogRetry(CallPath.MethodOf(context), proxy.ProxiedDestination?.DestinationId);
            Reset(context, proxy, rest);
        }
    }

    private static bool HasFailed(HttpContext context, CallAttempt attempt) =>
        !context.Response.HasStarted
        && !context.RequestAborted.IsCancellationRequested
        && (attempt.IsRefused
            || context.GetForwarderErrorFeature()?.Error is ForwarderError.Request or ForwarderError.RequestBodyDestination
                or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination);

    private static void Reset(HttpContext context, IReverseProxyFeature proxy, IReadOnlyList<DestinationState> rest)
    {
        context.Response.Clear();
        context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.Clear();
        context.Features.Set<IForwarderErrorFeature>(null);
        CallFault.Of(context).Status = null;
        proxy.AvailableDestinations = rest;
        proxy.ProxiedDestination = null;
    }

    [LoggerMessage(LogLevel.Information, "{Method}: destination {Destination} did not answer; another is tried")]
    private partial void LogRetry(string method, string? destination);
}
