using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Tests.Store;

public sealed class LeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20); // the default

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Claim_SeveralAtATime_OneGetsTheSession(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(1);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.Leases.ClaimNextAsync(Patience))));

        Assert.Equal(new SessionLease(id, 1), Assert.Single(claims, claim => claim is not null));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Claim_OfALeasedSession_WaitsUntilTheLeaseRunsOut(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(1);
        var first = (await store.Leases.ClaimNextAsync(Patience))!.Value;

        store.Clock.Advance(Lease / 2);
        Assert.Equal(LeaseStanding.Held, await store.Leases.RenewAsync(first, Patience));
        store.Clock.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Null(await store.Leases.ClaimNextAsync(Patience));
        store.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new SessionLease(id, 2), await store.Leases.ClaimNextAsync(Patience));
        Assert.Equal(LeaseStanding.Lost, await store.Leases.RenewAsync(first, Patience));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Release_LetsTheNextGoOnAtOnce(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(1);
        var first = (await store.Leases.ClaimNextAsync(Patience))!.Value;

        await store.Leases.ReleaseAsync(first, Patience);

        Assert.Equal(new SessionLease(id, 2), await store.Leases.ClaimNextAsync(Patience));

        // A release that comes late takes nothing from its successor.
        await store.Leases.ReleaseAsync(first, Patience);
        Assert.Null(await store.Leases.ClaimNextAsync(Patience));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Write_WithAnOldToken_IsRefusedAndChangesNothing(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(2);
        var old = (await store.Leases.ClaimNextAsync(Patience))!.Value;
        store.Clock.Advance(Lease);
        var current = (await store.Leases.ClaimNextAsync(Patience))!.Value;
        var images = await store.Sessions.ReadOutstandingAsync(id, Patience);

        await store.Journal.MeasuredAsync(current, images[0], TestStore.Outcome(1), null, Patience);
        Task[] late =
        [
            Assert.ThrowsAsync<LeaseLostException>(() => store.Journal.MeasuredAsync(old, images[0], TestStore.Outcome(5), null, Patience)),
            Assert.ThrowsAsync<LeaseLostException>(() => store.Journal.MeasuredAsync(old, images[1], TestStore.Outcome(5), null, Patience)),
            Assert.ThrowsAsync<LeaseLostException>(() => store.Journal.FailedAsync(old, images[1], new Google.Rpc.Status(), null, Patience)),
            Assert.ThrowsAsync<LeaseLostException>(
                () => store.Journal.FinishAsync(old, SessionState.Succeeded, null, new V1.BenchmarkTable(), Patience)),
        ];
        await Task.WhenAll(late);

        var results = await store.Results.ReadAsync(id, Patience).ToListAsync();
        Assert.Equal(1, Assert.Single(results).Methods[0].Values["a_mif"]);
        var row = (await store.Sessions.FindAsync(id, Patience))!;
        Assert.Equal((SessionState.Running, 1, 0, 2L), (row.State, row.MeasuredCount, row.FailedCount, row.EventCount));
        Assert.Equal(2, await store.ReadAsync(context => context.Events.CountAsync()));
    }

    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task Cancel_OfALeasedSession_IsFoundByTheNextRenewal(string kind)
    {
        await using var store = await TestStore.StartAsync(kind);
        var id = await store.NewSessionAsync(1);
        var lease = (await store.Leases.ClaimNextAsync(Patience))!.Value;

        await store.Sessions.RequestCancelAsync(id, Patience);

        Assert.Equal(LeaseStanding.CancelRequested, await store.Leases.RenewAsync(lease, Patience));
    }
}
