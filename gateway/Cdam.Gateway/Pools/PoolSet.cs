using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Pools;

/// <summary>
/// The pools of explainers: every cluster of the configuration but the evaluators. The cluster <c>explainers</c>, which is always
/// there, counts only with destinations, or where it is the only one.
/// </summary>
internal sealed class PoolSet
{
    /// <summary>The cluster that is no pool of explainers.</summary>
    internal const string Evaluators = "evaluators";

    private const string Usual = "explainers";

    private readonly IProxyStateLookup _proxy;
    private volatile bool _isUsualConfigured;

    public PoolSet(IProxyStateLookup proxy, IConfiguration configuration)
    {
        _proxy = proxy;
        ChangeToken.OnChange(configuration.GetReloadToken, () => Read(configuration));
        Read(configuration);
    }

    /// <summary>By name; at least one.</summary>
    internal IReadOnlyList<ClusterState> All()
    {
        var others = _proxy.GetClusters()
            .Where(cluster => cluster.ClusterId != Evaluators)
            .OrderBy(cluster => cluster.ClusterId, StringComparer.Ordinal).ToList();
        if (others.Count > 1 && !_isUsualConfigured)
        {
            others.RemoveAll(cluster => cluster.ClusterId == Usual);
        }

        return others;
    }

    /// <summary>Pools and evaluators: everything that calls go to.</summary>
    internal IReadOnlyList<ClusterState> AllClusters() =>
        _proxy.TryGetCluster(Evaluators, out var evaluators) ? [.. All(), evaluators] : All();

    internal ClusterState? Find(string name) => _proxy.TryGetCluster(name, out var cluster) ? cluster : null;

    /// <remarks>A host name without addresses leaves a pool without destinations, which is a pool all the same.</remarks>
    private void Read(IConfiguration configuration) =>
        _isUsualConfigured = configuration.GetSection($"ReverseProxy:Clusters:{Usual}:Destinations").GetChildren().Any();
}
