using Cdam.Evaluator.Store;
using Cdam.V1;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Works on this evaluator's share of one session. All shards write under one lease, which nobody takes over: an image is committed once,
/// whoever measured it, so a shard that is run again, or twice at a time, repeats nothing that is stored and doubles nothing. The one
/// that finds no image outstanding ends the session.
/// </summary>
internal sealed partial class ShardRun(
    SessionStore store,
    LeaseStore leases,
    SessionRun session,
    SessionImages images,
    SessionSignals signals,
    IOptions<BenchmarkOptions> options,
    IOptions<ShardOptions> shard,
    TimeProvider clock,
    ILogger<ShardRun> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once every image of the share is measured or failed, or the session has ended; fails where that cannot be.</summary>
    internal Task Settled => _settled.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!shard.Value.IsSet)
        {
            return;
        }

        try
        {
            await WorkAsync(await FindAsync(stoppingToken), stoppingToken);
            _settled.SetResult();
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            _settled.SetCanceled(stoppingToken);
        }
        catch (Exception fault)
        {
            LogFault(fault, shard.Value.Index, shard.Value.Count, shard.Value.Session);
            _settled.SetException(fault is ExplainerLostException lost ? lost.Last : fault);
        }
    }

    /// <summary>Waits until one of the shards has started the session.</summary>
    private async Task<BenchmarkRow> FindAsync(CancellationToken stopping)
    {
        while (true)
        {
            var news = signals.Next(SessionSignals.NewSession);
            if (await store.FindRequestAsync(shard.Value.RequestId, stopping) is { } row)
            {
                return row.ShardCount == shard.Value.Count ? row : throw new IOException(
                    $"Session {shard.Value.Session} was started for {row.ShardCount} shards; {ShardOptions.Section}:Count is {shard.Value.Count}.");
            }

            await Task.WhenAny(news, Task.Delay(LookInterval, clock, stopping));
            stopping.ThrowIfCancellationRequested();
        }
    }

    private async Task WorkAsync(BenchmarkRow row, CancellationToken stopping)
    {
        var lease = new SessionLease(row.Id, row.Epoch);
        if (!await leases.JoinAsync(lease, stopping))
        {
            return; // it has ended
        }

        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var keeping = new CancellationTokenSource();
        var keeper = new LeaseKeeper(leases, lease, options.Value.RenewInterval, clock);
        var kept = keeper.KeepAsync(work, keeping.Token);
        var settings = BenchmarkSettings.Parser.ParseFrom(row.Settings);
        try
        {
            await images.MeasureAllAsync(lease, settings, work.Token);
            await EndAsync(lease, settings, stopping);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested && keeper.Standing == LeaseStanding.CancelRequested)
        {
            await session.FinishAsync(lease, settings, SessionState.Cancelled, null, stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested && (fault is LeaseLostException || keeper.Standing == LeaseStanding.Lost))
        {
            if (await store.FindAsync(row.Id, stopping) is { EndedMs: null })
            {
                throw;
            }
        }
        finally
        {
            await keeping.CancelAsync();
            await kept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Others renew it within a second; where there are none, a cancellation need not wait for it.
        await leases.ReleaseAsync(lease, stopping);
    }

    /// <summary>Ends the session where nothing is outstanding. Two shards may both come to be the last: one writes, the other finds it ended.</summary>
    private async Task EndAsync(SessionLease lease, BenchmarkSettings settings, CancellationToken stopping)
    {
        var outstanding = (await store.ReadOutstandingAsync(lease.Id, stopping)).Count;
        LogShare(shard.Value.Index, shard.Value.Count, lease.Id, outstanding);
        if (outstanding == 0)
        {
            await session.FinishAsync(lease, settings, SessionState.Succeeded, null, stopping);
        }
    }

    [LoggerMessage(LogLevel.Information, "Shard {Index} of {Count} of session {Id} is done; {Outstanding} images of others are outstanding")]
    private partial void LogShare(int index, int count, string id, int outstanding);

    [LoggerMessage(LogLevel.Error, "Shard {Index} of {Count} of session {Session} failed")]
    private partial void LogFault(Exception fault, int index, int count, string session);
}
