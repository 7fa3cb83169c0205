using Cdam.Gateway.Pools;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cdam.Gateway.Readiness;

/// <summary>Healthy while any pool has a destination that calls can be sent to.</summary>
internal sealed class PoolHealth(PoolSet pools) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pools.All().Any(pool => pool.DestinationsState.AvailableDestinations.Count > 0)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("No pool has a destination."));
}
