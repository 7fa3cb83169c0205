using System.Runtime.CompilerServices;
using Cdam.Evaluator.Requests;
using Cdam.V1.Errors;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Sessions;

/// <summary>A session's events as they were committed, from any number on, and those to come, whoever works on it.</summary>
internal sealed class EventFeed(SessionStore store, SessionSignals signals, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    private const int PageSize = 100;

    // Events of other evaluators are found by looking.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <param name="id">A session that exists.</param>
    /// <param name="from">The first number, from 1.</param>
    /// <param name="cancellation">The client's.</param>
    /// <exception cref="Grpc.Core.RpcException">The session ended before <paramref name="from"/>, or this evaluator stops.</exception>
    internal async IAsyncEnumerable<BenchmarkEvent> ReadAsync(string id, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        for (var next = from; ;)
        {
            var news = signals.Next(id);
            var page = await store.ReadEventsAsync(id, next, PageSize, cancellation);
            foreach (var step in page)
            {
                yield return step;
                if (step.EventCase == BenchmarkEvent.EventOneofCase.Finished)
                {
                    yield break;
                }
            }

            next += page.Count;
            if (page.Count == 0)
            {
                await CheckToComeAsync(id, next, cancellation);
                await Task.WhenAny(news, Task.Delay(LookInterval, clock, stop.Token));
                cancellation.ThrowIfCancellationRequested();
            }

            if (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                throw WireStatus.Unavailable("This evaluator stops; attach again from the next event.", RetryAfter, "EVALUATOR_STOPPING")
                    .ToRpcException();
            }
        }
    }

    private async Task CheckToComeAsync(string id, long next, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is { EndedMs: not null } ended && next > ended.EventCount)
        {
            throw RequestFault.Of("from_event", $"{next}; the benchmark has ended with event {ended.EventCount}.");
        }
    }
}
