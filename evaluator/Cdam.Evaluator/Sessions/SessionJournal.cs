using Cdam.Evaluator.Store;
using Cdam.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Status = Google.Rpc.Status;

namespace Cdam.Evaluator.Sessions;

/// <summary>
/// Writes what happens in a session: results and the event that tells of them in one transaction, whose first statement asks for the
/// lease and keeps others out until it ends. Each write bears repeating.
/// </summary>
internal sealed class SessionJournal(
    IDbContextFactory<StoreContext> contexts, StorePatience patience, SessionSignals signals, TimeProvider clock)
{
    /// <summary>Tells that the work has changed hands.</summary>
    /// <exception cref="LeaseLostException">So for all of these: the lease is not the current one.</exception>
    internal Task ResumeAsync(SessionLease lease, CancellationToken cancellation) => AppendAsync(
        lease,
        (_, _, _) => Task.FromResult<BenchmarkEvent?>(new BenchmarkEvent { Resumed = new BenchmarkResumed { Epoch = lease.Epoch } }),
        cancellation);

    /// <summary>Commits an image's results; does nothing where they have been committed.</summary>
    /// <param name="remaining">Time until the end, this image done; null where unknown.</param>
    internal Task MeasuredAsync(
        SessionLease lease, ImageRow image, ImageOutcome outcome, TimeSpan? remaining, CancellationToken cancellation) => AppendAsync(
        lease,
        async (context, row, token) =>
        {
            var target = outcome.Target.DisplayName;
            var settled = await Outstanding(context, image).ExecuteUpdateAsync(
                set => set.SetProperty(found => found.State, ImageState.Measured).SetProperty(found => found.Target, target), token);
            if (settled == 0)
            {
                return null;
            }

            context.Results.AddRange(outcome.Methods.Select((method, order) => new ResultRow
            {
                BenchmarkId = image.BenchmarkId,
                Position = image.Position,
                Method = method.Method,
                MethodOrder = order,
                Measured = SessionJson.Write(method),
                Example = outcome.Examples.FirstOrDefault(map => map.Method == method.Method) is { } map ? SessionJson.Write(map) : null,
            }));
            row.MeasuredCount++;
            row.ForwardPasses += outcome.ForwardPasses;
            row.NaiveForwardPasses += outcome.NaiveForwardPasses;
            row.SentBytes += outcome.SentBytes;
            row.ReceivedBytes += outcome.ReceivedBytes;
            Count(row, outcome.Processor);
            return SessionEvent.Measured(image, outcome, remaining);
        },
        cancellation);

    /// <summary>Records that an image cannot be measured; does nothing where the image has been settled.</summary>
    internal Task FailedAsync(SessionLease lease, ImageRow image, Status error, TimeSpan? remaining, CancellationToken cancellation) => AppendAsync(
        lease,
        async (context, row, token) =>
        {
            var bytes = error.ToByteArray();
            var settled = await Outstanding(context, image).ExecuteUpdateAsync(
                set => set.SetProperty(found => found.State, ImageState.Failed).SetProperty(found => found.Error, bytes), token);
            if (settled == 0)
            {
                return null;
            }

            row.FailedCount++;
            return SessionEvent.Failed(image, error, remaining);
        },
        cancellation);

    /// <summary>Ends the session.</summary>
    /// <param name="state">A final one.</param>
    /// <param name="error">Only of a session that failed.</param>
    /// <param name="table">The means of what was measured.</param>
    internal Task FinishAsync(
        SessionLease lease, SessionState state, Status? error, BenchmarkTable table, CancellationToken cancellation) => AppendAsync(
        lease,
        (_, row, _) =>
        {
            row.State = state;
            row.Error = error?.ToByteArray();
            row.EndedMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            return Task.FromResult<BenchmarkEvent?>(SessionEvent.Finished(state, error, table));
        },
        cancellation);

    private async Task AppendAsync(
        SessionLease lease, Func<StoreContext, BenchmarkRow, CancellationToken, Task<BenchmarkEvent?>> write, CancellationToken cancellation)
    {
        await patience.RunAsync(
            async token =>
            {
                await using var context = await contexts.CreateDbContextAsync(token);
                await using var transaction = await context.Database.BeginTransactionAsync(token);
                var row = await LockAsync(context, lease, token);
                if (await write(context, row, token) is not { } step)
                {
                    return;
                }

                step.Number = row.EventCount;
                step.Time = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
                SessionEvent.Complete(step, row);
                context.Events.Add(new EventRow { BenchmarkId = row.Id, Number = row.EventCount, Payload = step.ToByteArray() });
                await context.SaveChangesAsync(token);
                await transaction.CommitAsync(token);
            },
            cancellation);
        signals.Raise(lease.Id);
    }

    /// <summary>Updates before it reads: the row stays locked until the transaction ends, so numbers have no gaps.</summary>
    private static async Task<BenchmarkRow> LockAsync(StoreContext context, SessionLease lease, CancellationToken cancellation)
    {
        var held = await LeaseStore.Held(context, lease).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EventCount, row => row.EventCount + 1), cancellation);
        return held == 1
            ? await context.Benchmarks.AsTracking().SingleAsync(row => row.Id == lease.Id, cancellation)
            : throw new LeaseLostException(lease);
    }

    private static void Count(BenchmarkRow row, ProcessorTime taken)
    {
        row.EvaluatorCpuMs += (long)Math.Round(taken.Evaluator.TotalMilliseconds);
        row.ExplainerCpuMs = taken.Explainer is { } passes ? (row.ExplainerCpuMs ?? 0) + (long)Math.Round(passes.TotalMilliseconds) : row.ExplainerCpuMs;
    }

    private static IQueryable<ImageRow> Outstanding(StoreContext context, ImageRow image) => context.Images.Where(
        row => row.BenchmarkId == image.BenchmarkId && row.Position == image.Position && row.State == ImageState.Outstanding);
}
