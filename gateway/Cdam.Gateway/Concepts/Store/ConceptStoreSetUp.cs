using Cdam.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>
/// Opens the store; the first call that needs it brings its table up to date, and the next one tries again where that failed. A gateway
/// whose store is away forwards calls all the same. Any number of gateways may do so at a time.
/// </summary>
internal sealed class ConceptStoreSetUp(IDbContextFactory<ConceptContext> contexts, IOptions<ConceptOptions> options) : IDisposable
{
    // Beside the evaluator's own, so that one database can hold both stores.
    internal const string HistoryTable = "__EFMigrationsHistory_concepts";

    private const int LockKey = 732327;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isReady;

    /// <summary>The store, with its table.</summary>
    internal async Task<ConceptContext> OpenAsync(CancellationToken cancellation)
    {
        if (!_isReady)
        {
            await SetUpAsync(cancellation);
        }

        return await contexts.CreateDbContextAsync(cancellation);
    }

    public void Dispose() => _gate.Dispose();

    private async Task SetUpAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!_isReady)
            {
                await UpdateAsync(cancellation);
                _isReady = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task UpdateAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await StoreTables.UpdateAsync(context, options.Value.Place, LockKey, cancellation);
    }
}
