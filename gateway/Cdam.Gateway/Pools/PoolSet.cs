using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Pools;

/// <summary>
/// The pools of explainers: every cluster of the configuration but the evaluators. The cluster <c>explainers</c>, which is always
/// there, counts only with destinations, or where it is the only one.
/// </summary>
internal sealed class PoolSet(IProxyStateLookup proxy, IConfiguration configuration)
{
    /// <summary>The cluster that is no pool of explainers.</summary>
    internal const string Evaluators = "evaluators";

    private const string Usual = "explainers";

    /// <summary>By name; at least one.</summary>
    internal IReadOnlyList<ClusterState> All()
    {
        var others = proxy.GetClusters()
            .Where(cluster => cluster.ClusterId != Evaluators)
            .OrderBy(cluster => cluster.ClusterId, StringComparer.Ordinal).ToList();
        if (others.Count > 1 && !IsUsed(others))
        {
            others.RemoveAll(IsUsual);
        }

        return others;
    }

    /// <summary>Pools and evaluators: everything that calls go to.</summary>
    internal IReadOnlyList<ClusterState> AllClusters() =>
        proxy.TryGetCluster(Evaluators, out var evaluators) ? [.. All(), evaluators] : All();

    internal ClusterState? Find(string name) => proxy.TryGetCluster(name, out var cluster) ? cluster : null;

    private static bool IsUsual(ClusterState cluster) => cluster.ClusterId == Usual;

    /// <remarks>A host name without addresses leaves a pool without destinations, which is a pool all the same.</remarks>
    private bool IsUsed(List<ClusterState> clusters) =>
        clusters.Find(IsUsual)?.DestinationsState.AllDestinations.Count > 0
        || configuration.GetSection($"ReverseProxy:Clusters:{Usual}:Destinations").GetChildren().Any();
}
