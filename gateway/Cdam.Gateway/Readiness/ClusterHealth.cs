using Microsoft.Extensions.Diagnostics.HealthChecks;
using Yarp.ReverseProxy;

namespace Cdam.Gateway.Readiness;

/// <summary>Healthy while the cluster has a destination that calls can be sent to.</summary>
internal sealed class ClusterHealth(IProxyStateLookup proxy, string cluster) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(proxy.TryGetCluster(cluster, out var state) && state.DestinationsState.AvailableDestinations.Count > 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Cluster '{cluster}' has no destination."));
}
