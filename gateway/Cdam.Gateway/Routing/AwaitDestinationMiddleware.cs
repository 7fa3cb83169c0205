using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Pools;

namespace Cdam.Gateway.Routing;

/// <summary>
/// Before a call fails because no destination of its cluster serves, asks them once more: one that was warming up may be ready since,
/// which the next round of questions would find out too late.
/// </summary>
internal sealed class AwaitDestinationMiddleware(RequestDelegate next, PoolSet pools, RefreshSignal signal)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy is { AvailableDestinations.Count: 0, AllDestinations.Count: > 0 })
        {
            await signal.FreshAsync(context.RequestAborted);
            if (pools.Find(proxy.Cluster.Config.ClusterId) is { } cluster)
            {
                proxy.AvailableDestinations = cluster.DestinationsState.AvailableDestinations;
            }
        }

        await next(context);
    }
}
