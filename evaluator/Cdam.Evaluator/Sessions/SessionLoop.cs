using Cdam.Evaluator.Sources;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Takes up sessions that nobody works on: new ones at once, those whose evaluator was lost once their lease has run out.</summary>
internal sealed partial class SessionLoop(
    LeaseStore leases,
    SessionRun run,
    SessionSignals signals,
    ImageSets sets,
    IOptions<BenchmarkOptions> options,
    IOptions<ShardOptions> shard,
    TimeProvider clock,
    ILogger<SessionLoop> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (shard.Value.IsSet)
        {
            return; // ShardRun does what there is to do
        }

        var running = new List<Task>();
        var swept = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                running.RemoveAll(task => task.IsCompleted);
                var news = signals.Next(SessionSignals.NewSession);
                while (running.Count < options.Value.MaxConcurrent && await leases.ClaimNextAsync(stoppingToken) is { } lease)
                {
                    running.Add(Task.Run(() => run.RunAsync(lease, stoppingToken), CancellationToken.None));
                }

                if (clock.GetUtcNow() - swept >= SweepInterval)
                {
                    await sets.SweepAsync(stoppingToken);
                    swept = clock.GetUtcNow();
                }

                await Task.WhenAny([news, Task.Delay(LookInterval, clock, stoppingToken), .. running]);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
                await Task.Delay(LookInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        // Each gives its lease back.
        await Task.WhenAll(running);
    }

    [LoggerMessage(LogLevel.Error, "Sessions cannot be looked for; trying again")]
    private partial void LogFault(Exception fault);
}
