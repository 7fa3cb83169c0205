using System.Diagnostics.Metrics;
using Cdam.Evaluator.Store;
using Cdam.Telemetry;
using Cdam.Telemetry.Metrics;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Telemetry;

/// <summary>Counts the store's sessions by their state, while somebody takes the numbers.</summary>
internal sealed partial class SessionCensus : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly IDbContextFactory<StoreContext> _contexts;
    private readonly ILogger<SessionCensus> _log;
    private readonly Instrument _gauge;
    private volatile IReadOnlyList<Measurement<long>> _counts = [];

    public SessionCensus(HostMeter meter, IDbContextFactory<StoreContext> contexts, ILogger<SessionCensus> log)
    {
        (_contexts, _log) = (contexts, log);
        _gauge = meter.Value.Observe(EvaluatorMetrics.Sessions, () => _counts);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                _counts = _gauge.Enabled ? await CountAsync(stoppingToken) : [];
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Those who need the store say so louder, and wait for it.
                LogFault(fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<Measurement<long>>> CountAsync(CancellationToken cancellation)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellation);
        var counts = await context.Benchmarks.GroupBy(row => row.State)
            .Select(group => new { State = group.Key, Count = group.LongCount() }).ToDictionaryAsync(entry => entry.State, entry => entry.Count, cancellation);
        return [.. Enum.GetValues<SessionState>().Select(state => EvaluatorMetrics.Sessions.Of(counts.GetValueOrDefault(state), SessionTelemetry.Name(state)))];
    }

    [LoggerMessage(LogLevel.Debug, "Sessions cannot be counted: {Fault}")]
    private partial void LogFault(string fault);
}
