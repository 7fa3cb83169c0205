using Cdam.Evaluator.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Sessions;

/// <summary>Who works on which session. Every change is one conditional update, so that of several evaluators one succeeds.</summary>
internal sealed class LeaseStore(
    IDbContextFactory<StoreContext> contexts, StorePatience patience, IOptions<BenchmarkOptions> options, TimeProvider clock)
{
    /// <summary>Names this evaluator, for people who look into the store.</summary>
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Takes the oldest session that nobody works on and that is not left to shards.</summary>
    /// <returns>Null where there is none.</returns>
    internal Task<SessionLease?> ClaimNextAsync(CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var now = Now();
            var free = await Unfinished(context).Where(row => row.LeaseUntilMs <= now && row.ShardCount == 0).OrderBy(row => row.Id)
                .Select(row => new SessionLease(row.Id, row.Epoch)).ToListAsync(token);
            foreach (var seen in free)
            {
                if (await TakeAsync(context, seen, token) is { } lease)
                {
                    return lease;
                }
            }

            return (SessionLease?)null;
        },
        cancellation);

    /// <summary>Takes a certain session.</summary>
    /// <returns>Null where it has ended or somebody works on it.</returns>
    internal Task<SessionLease?> ClaimAsync(string id, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var seen = await Unfinished(context).Where(row => row.Id == id)
                .Select(row => (SessionLease?)new SessionLease(row.Id, row.Epoch)).SingleOrDefaultAsync(token);
            return seen is { } found ? await TakeAsync(context, found, token) : null;
        },
        cancellation);

    /// <summary>Begins to work on a session under a lease that its shards hold together.</summary>
    /// <returns>False where it has ended.</returns>
    internal Task<bool> JoinAsync(SessionLease lease, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var until = Now() + Duration;
            return await Held(context, lease).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeaseUntilMs, until).SetProperty(row => row.State, SessionState.Running), token) == 1;
        },
        cancellation);

    internal Task<LeaseStanding> RenewAsync(SessionLease lease, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var until = Now() + Duration;
            var held = await Held(context, lease).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntilMs, until), token);
            if (held == 0)
            {
                return LeaseStanding.Lost;
            }

            var cancelled = await Held(context, lease).Select(row => row.CancelRequested).SingleOrDefaultAsync(token);
            return cancelled ? LeaseStanding.CancelRequested : LeaseStanding.Held;
        },
        cancellation);

    /// <summary>Lets the next evaluator go on at once.</summary>
    internal Task ReleaseAsync(SessionLease lease, CancellationToken cancellation) => patience.RunAsync(
        async token =>
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            await Held(context, lease).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeaseUntilMs, 0).SetProperty(row => row.Owner, (string?)null), token);
        },
        cancellation);

    internal static IQueryable<BenchmarkRow> Held(StoreContext context, SessionLease lease) =>
        Unfinished(context).Where(row => row.Id == lease.Id && row.Epoch == lease.Epoch);

    internal static IQueryable<BenchmarkRow> Unfinished(StoreContext context) =>
        context.Benchmarks.Where(row => row.State == SessionState.Pending || row.State == SessionState.Running);

    private long Duration => (long)options.Value.Lease.TotalMilliseconds;

    private async Task<SessionLease?> TakeAsync(StoreContext context, SessionLease seen, CancellationToken cancellation)
    {
        var now = Now();
        var until = now + Duration;
        var next = seen with { Epoch = seen.Epoch + 1 };
        var taken = await Held(context, seen).Where(row => row.LeaseUntilMs <= now).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Epoch, next.Epoch).SetProperty(row => row.Owner, _owner)
                .SetProperty(row => row.LeaseUntilMs, until).SetProperty(row => row.State, SessionState.Running),
            cancellation);
        return taken == 1 ? next : null;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
