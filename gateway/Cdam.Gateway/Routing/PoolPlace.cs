using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Routing;

/// <summary>Where a call can go.</summary>
/// <param name="Pool">The cluster.</param>
/// <param name="Destinations">Of the cluster, those to choose from; empty where none takes calls.</param>
/// <param name="IsReady">True where these serve the model now.</param>
internal sealed record PoolPlace(ClusterState Pool, IReadOnlyList<DestinationState> Destinations, bool IsReady)
{
    /// <summary>Calls that the least busy destination is at work on.</summary>
    internal int Load => Destinations.Count == 0 ? int.MaxValue : Destinations.Min(destination => destination.ConcurrentRequestCount);
}
