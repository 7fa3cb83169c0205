using Cdam.Gateway.Hosting;
using Cdam.Gateway.Pools;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Cdam.Gateway.Catalogue;

/// <summary>Asks every destination in rounds: at the start, at intervals, and when somebody waits for it.</summary>
internal sealed partial class DirectoryRefresh(
    PoolSet pools,
    ModelDirectory directory,
    DestinationInquiry inquiry,
    RefreshSignal signal,
    IDestinationHealthUpdater health,
    IOptions<GatewayOptions> options,
    ILogger<DirectoryRefresh> logger) : BackgroundService
{
    // However many calls ask for models that do not exist: between two rounds there is at least this pause.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A destination that answers again is taken back at once, by the round that sees it; this is only a bound.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AskForEverAsync(stoppingToken);
        }
        finally
        {
            signal.Close();
        }
    }

    private async Task AskForEverAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var round = signal.Begin();
            try
            {
                await AskAllAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }
            finally
            {
                round.TrySetResult();
            }

            await Task.Delay(Pause, stoppingToken);
            await Task.WhenAny(signal.Wanted, Task.Delay(options.Value.RefreshInterval, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private async Task AskAllAsync(CancellationToken cancellation)
    {
        var asked = pools.AllClusters()
            .SelectMany(cluster => cluster.DestinationsState.AllDestinations.Select(destination => (Cluster: cluster, Destination: destination)));
        directory.Replace(await Task.WhenAll(asked.Select(pair => AskAsync(pair.Cluster, pair.Destination, cancellation))));
    }

    private async Task<DestinationReport> AskAsync(ClusterState cluster, DestinationState destination, CancellationToken cancellation)
    {
        var before = directory.Report(cluster.ClusterId, destination.DestinationId)
            ?? DestinationReport.Unreached(cluster.ClusterId, destination.DestinationId);
        var report = await inquiry.AskAsync(cluster, destination, before, cancellation);
        Apply(cluster, destination, before, report);
        return report;
    }

    private void Apply(ClusterState cluster, DestinationState destination, DestinationReport before, DestinationReport now)
    {
        if (!now.IsReached)
        {
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, Forgotten);
            return;
        }

        health.SetActive(cluster, [new NewActiveDestinationHealth(
            destination, now.IsServing ? DestinationHealth.Healthy : DestinationHealth.Unhealthy)]);
        if (!before.IsReached)
        {
            health.SetPassive(cluster, destination, DestinationHealth.Healthy, Forgotten);
        }
    }

    [LoggerMessage(LogLevel.Error, "the destinations could not be asked")]
    private partial void LogFault(Exception fault);
}
