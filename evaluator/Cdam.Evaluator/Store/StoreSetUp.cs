using System.Data.Common;
using Cdam.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Store;

/// <summary>Brings the store's tables up to date before the evaluator listens. Any number of evaluators may do so at a time.</summary>
internal sealed class StoreSetUp(IDbContextFactory<StoreContext> contexts, StorePatience patience, IOptions<StoreOptions> options) : IHostedService
{
    private const int LockKey = 732326;

    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await patience.RunAsync(UpdateAsync, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException(options.Value.Place.CannotBeOpened(fault.Message), fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task UpdateAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await StoreTables.UpdateAsync(context, options.Value.Place, LockKey, cancellation);
    }
}
