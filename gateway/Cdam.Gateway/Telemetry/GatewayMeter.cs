using System.Diagnostics.Metrics;
using Cdam.Gateway.Pools;
using Cdam.Telemetry;
using Cdam.Telemetry.Calls;
using Cdam.Telemetry.Metrics;
using Google.Rpc;
using Yarp.ReverseProxy.Model;
using Status = Google.Rpc.Status;

namespace Cdam.Gateway.Telemetry;

/// <summary>Counts calls, and tells of destinations when somebody asks.</summary>
internal sealed class GatewayMeter
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _faults;

    public GatewayMeter(HostMeter meter, PoolSet pools)
    {
        _calls = meter.Value.Counter(GatewayMetrics.Calls);
        _retries = meter.Value.Counter(GatewayMetrics.Retries);
        _faults = meter.Value.Counter(GatewayMetrics.Faults);
        meter.Value.Observe(GatewayMetrics.ActiveCalls, () => pools.AllClusters().Select(Active));
        meter.Value.Observe(GatewayMetrics.Destinations, () => pools.AllClusters().SelectMany(Health));
    }

    internal void Ended(string pool, Code code) => _calls.Add(1, Pool(pool), new("code", StatusName.Of((int)code)));

    internal void Retried(string pool) => _retries.Add(1, Pool(pool));

    /// <summary>A client that went away is no fault.</summary>
    internal void Faulted(string pool, Status status)
    {
        if (status.Code != (int)Code.Cancelled)
        {
            _faults.Add(1, Pool(pool), new("reason", status.GetDetail<ErrorInfo>()?.Reason ?? StatusName.Of(status.Code)));
        }
    }

    private static KeyValuePair<string, object?> Pool(string pool) => new("pool", pool);

    private static Measurement<long> Active(ClusterState cluster) => GatewayMetrics.ActiveCalls.Of(
        cluster.DestinationsState.AllDestinations.Sum(destination => (long)destination.ConcurrentRequestCount), cluster.ClusterId);

    private static IEnumerable<Measurement<long>> Health(ClusterState cluster)
    {
        var (all, available) = (cluster.DestinationsState.AllDestinations.Count, cluster.DestinationsState.AvailableDestinations.Count);
        yield return GatewayMetrics.Destinations.Of(available, cluster.ClusterId, "healthy");
        yield return GatewayMetrics.Destinations.Of(all - available, cluster.ClusterId, "unhealthy");
    }
}
