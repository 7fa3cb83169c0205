using Cdam.Evaluator.Store;
using Cdam.Evaluator.Telemetry;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Sessions;

/// <summary>Works on a session that was claimed, until it ends, is taken away, or the evaluator stops.</summary>
internal sealed partial class SessionRun(
    SessionStore store,
    LeaseStore leases,
    SessionJournal journal,
    ResultReader results,
    SessionImages images,
    SessionTelemetry telemetry,
    IOptions<BenchmarkOptions> options,
    TimeProvider clock,
    ILogger<SessionRun> logger)
{
    internal async Task RunAsync(SessionLease lease, CancellationToken stopping)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var keeping = new CancellationTokenSource();
        var span = telemetry.Enter(lease);
        var keeper = new LeaseKeeper(leases, lease, options.Value.RenewInterval, clock);
        var kept = keeper.KeepAsync(work, keeping.Token);
        try
        {
            await RunAsync(lease, keeper, work.Token, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
            LogReleased(lease.Id);
        }
        catch (LeaseLostException)
        {
            LogLost(lease.Id, lease.Epoch);
        }
        catch (Exception fault)
        {
            // Nothing can be written any more: the lease runs out, and the next evaluator tries.
            LogAbandoned(fault, lease.Id);
        }
        finally
        {
            await keeping.CancelAsync();
            await kept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            telemetry.Leave(span);
        }
    }

    private async Task RunAsync(SessionLease lease, LeaseKeeper keeper, CancellationToken working, CancellationToken stopping)
    {
        var row = await store.FindAsync(lease.Id, stopping) ?? throw new LeaseLostException(lease);
        var settings = BenchmarkSettings.Parser.ParseFrom(row.Settings);
        LogRunning(lease.Id, lease.Epoch);
        try
        {
            if (lease.Epoch > 1)
            {
                await journal.ResumeAsync(lease, working);
            }

            await images.MeasureAllAsync(lease, settings, working);
            await FinishAsync(lease, settings, SessionState.Succeeded, null, stopping);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested && keeper.Standing == LeaseStanding.CancelRequested)
        {
            await FinishAsync(lease, settings, SessionState.Cancelled, null, stopping);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested && keeper.Standing == LeaseStanding.Lost)
        {
            throw new LeaseLostException(lease);
        }
        catch (ExplainerLostException fault)
        {
            await FinishAsync(lease, settings, SessionState.Failed, ErrorOf(fault.Last), stopping);
        }
        catch (RpcException fault) when (!stopping.IsCancellationRequested)
        {
            await FinishAsync(lease, settings, SessionState.Failed, ErrorOf(fault), stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested && fault is not LeaseLostException && !StorePatience.IsPassing(fault))
        {
            LogFault(fault, lease.Id);
            var error = WireStatus.Internal($"Benchmark {lease.Id} failed; the evaluator's log says why.");
            await FinishAsync(lease, settings, SessionState.Failed, error, stopping);
        }
    }

    /// <summary>Writes the last event, with the table of what was measured.</summary>
    /// <exception cref="LeaseLostException">The session has ended, or is another evaluator's.</exception>
    internal async Task FinishAsync(
        SessionLease lease, BenchmarkSettings settings, SessionState state, Status? error, CancellationToken stopping)
    {
        var table = await MeanTable.OfAsync(settings, results.ReadAsync(lease.Id, stopping));
        await journal.FinishAsync(lease, state, error, table, stopping);
        telemetry.Ended(state);
        LogFinished(lease.Id, state);
    }

    internal static Status ErrorOf(RpcException fault) =>
        fault.GetRpcStatus() ?? new Status { Code = (int)fault.StatusCode, Message = fault.Status.Detail };

    [LoggerMessage(LogLevel.Information, "Session {Id} is worked on here, epoch {Epoch}")]
    private partial void LogRunning(string id, long epoch);

    [LoggerMessage(LogLevel.Information, "Session {Id} ended: {State}")]
    private partial void LogFinished(string id, SessionState state);

    [LoggerMessage(LogLevel.Information, "Session {Id} is left to the next evaluator")]
    private partial void LogReleased(string id);

    [LoggerMessage(LogLevel.Warning, "Session {Id} is not this evaluator's any more; epoch {Epoch} is over")]
    private partial void LogLost(string id, long epoch);

    [LoggerMessage(LogLevel.Error, "Session {Id} failed")]
    private partial void LogFault(Exception fault, string id);

    [LoggerMessage(LogLevel.Error, "Session {Id} cannot be written to; its lease will run out")]
    private partial void LogAbandoned(Exception fault, string id);
}
