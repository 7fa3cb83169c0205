using Cdam.Gateway.Catalogue;
using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Routing;

/// <summary>Chooses the pool for a model: of several that have it, the one with the least loaded destination.</summary>
internal sealed class PoolChoice(PoolSet pools, ModelDirectory directory, RefreshSignal signal, IOptions<GatewayOptions> options)
{
    /// <summary>Where a model's calls go.</summary>
    /// <param name="model"><c>models/{id}</c>.</param>
    /// <returns>Null where no pool has it, after all were asked anew.</returns>
    internal async Task<PoolPlace?> ChooseAsync(string model, CancellationToken cancellation)
    {
        if (Choose(model) is { IsReady: true } place)
        {
            return place;
        }

        await signal.FreshAsync(cancellation);
        return Choose(model);
    }

    /// <summary>Where in the only pool a call goes. A destination that still warms up is used only where no other is left.</summary>
    /// <param name="model">Null where the call does not say, so that any of the pool's may be meant.</param>
    internal PoolPlace Within(ClusterState pool, string? model) => Place(pool, model is null
        ? [.. directory.Reports.Where(report => report.Pool == pool.ClusterId)
            .Select(report => new ModelPlace(report.Pool, report.Destination, report.IsReached && report.Ready.Count == report.Models.Count))]
        : directory.Find(model));

    /// <summary>As far as is known.</summary>
    private PoolPlace? Choose(string model)
    {
        var pinned = options.Value.PinnedPools(model);
        var known = directory.Find(model);
        var places = pools.All()
            .Where(pool => pinned.Count == 0 ? known.Any(place => place.Pool == pool.ClusterId) : pinned.Contains(pool.ClusterId))
            .Select(pool => Place(pool, [.. known.Where(place => place.Pool == pool.ClusterId)]));
        return places.MinBy(place => (place.IsReady ? 0L : int.MaxValue) + place.Load);
    }

    /// <param name="known">Of this pool; empty where the model is only pinned to it.</param>
    private static PoolPlace Place(ClusterState pool, IReadOnlyList<ModelPlace> known)
    {
        var available = pool.DestinationsState.AvailableDestinations;
        var ready = Among(available, known.Where(place => place.IsReady));
        var having = ready.Count > 0 ? ready : Among(available, known);

        // A pin is believed without proof.
        var isReady = ready.Count > 0 || (known.Count == 0 && available.Count > 0);
        return new PoolPlace(pool, having.Count > 0 ? having : available, isReady);
    }

    private static List<DestinationState> Among(IReadOnlyList<DestinationState> available, IEnumerable<ModelPlace> places)
    {
        var names = places.Select(place => place.Destination).ToHashSet(StringComparer.Ordinal);
        return [.. available.Where(destination => names.Contains(destination.DestinationId))];
    }
}
