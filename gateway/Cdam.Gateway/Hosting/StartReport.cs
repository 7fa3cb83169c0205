using Cdam.Gateway.Pools;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Hosting;

/// <summary>Logs at the start where calls can go.</summary>
internal sealed partial class StartReport(PoolSet pools, IOptions<GatewayOptions> options, ILogger<StartReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in pools.All())
        {
            var pinned = options.Value.Pools.TryGetValue(pool.ClusterId, out var settings) ? settings.Models : [];
            LogPool(pool.ClusterId, AddressesOf(pool), pinned.Count == 0 ? "those that it lists" : string.Join(", ", pinned));
        }

        if (pools.Find(PoolSet.Evaluators) is { } evaluators)
        {
            LogEvaluators(AddressesOf(evaluators));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string AddressesOf(ClusterState cluster)
    {
        var addresses = cluster.DestinationsState.AllDestinations.Select(destination => destination.Model.Config.Address).ToList();
        return addresses.Count == 0 ? "no destination" : string.Join(", ", addresses);
    }

    [LoggerMessage(LogLevel.Information, "pool {Pool}: {Addresses}; models: {Models}")]
    private partial void LogPool(string pool, string addresses, string models);

    [LoggerMessage(LogLevel.Information, "evaluators: {Addresses}")]
    private partial void LogEvaluators(string addresses);
}
