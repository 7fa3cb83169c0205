namespace Cdam.Evaluator.Sessions;

/// <summary>Renews a lease while work is done under it, and ends the work when it is lost or no longer wanted.</summary>
internal sealed class LeaseKeeper(LeaseStore leases, SessionLease lease, TimeSpan interval, TimeProvider clock)
{
    /// <summary>As of the last renewal.</summary>
    internal LeaseStanding Standing { get; private set; } = LeaseStanding.Held;

    /// <param name="work">Is cancelled once the lease is not simply held.</param>
    /// <param name="cancellation">Ends the keeping.</param>
    internal async Task KeepAsync(CancellationTokenSource work, CancellationToken cancellation)
    {
        try
        {
            while (Standing != LeaseStanding.Lost)
            {
                await Task.Delay(interval, clock, cancellation);
                Standing = await leases.RenewAsync(lease, cancellation);
                if (Standing != LeaseStanding.Held)
                {
                    await work.CancelAsync();
                }
            }
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The store is gone for good: no one could commit what is worked on.
            Standing = LeaseStanding.Lost;
            await work.CancelAsync();
        }
    }
}
