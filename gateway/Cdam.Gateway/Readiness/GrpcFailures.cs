using System.Runtime.CompilerServices;
using Cdam.Gateway.Faults;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Cdam.Gateway.Routing;
using Google.Rpc;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Readiness;

/// <summary>
/// Takes a destination out for a while after several calls in a row were lost on the way to it or answered UNAVAILABLE. YARP's own
/// policy sees HTTP only, where every gRPC failure is a success.
/// </summary>
internal sealed class GrpcFailures(IDestinationHealthUpdater health, IOptions<GatewayOptions> options) : IPassiveHealthCheckPolicy
{
    internal const string PolicyName = "GrpcFailures";

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> _inARow = [];

    public string Name => PolicyName;

    /// <param name="cluster">The route's, which is not where the call went if its model is elsewhere.</param>
    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.RequestAborted.IsCancellationRequested || context.Features.Get<RoutedModel>() is { IsReady: false })
        {
            return;
        }

        var failures = _inARow.GetOrCreateValue(destination);
        if (!HasFailed(context))
        {
            Volatile.Write(ref failures.Value, 0);
        }
        else if (Interlocked.Increment(ref failures.Value) >= options.Value.FailuresInARow)
        {
            // From the call: the proxy is made of its policies, and the pools are looked up in the proxy.
            var pools = context.RequestServices.GetRequiredService<PoolSet>();
            var taken = context.GetReverseProxyFeature().Cluster.Config;
            health.SetPassive(
                pools.Find(taken.ClusterId) ?? cluster, destination, DestinationHealth.Unhealthy,
                taken.HealthCheck?.Passive?.ReactivationPeriod ?? TimeSpan.FromSeconds(10));
            Volatile.Write(ref failures.Value, 0);
        }
    }

    /// <remarks>
    /// A status of the destination's own counts before what the forwarder says: a destination that ends a call early stops reading, which
    /// the forwarder takes for a loss.
    /// </remarks>
    private static bool HasFailed(HttpContext context) => GrpcCall.StatusOf(context) is { } status
        ? status == Code.Unavailable
        : context.Features.Get<CallFault>()?.Status?.Code == (int)Code.Unavailable
            || context.GetForwarderErrorFeature()?.Error is ForwarderError.Request or ForwarderError.RequestTimedOut
                or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination;
}
