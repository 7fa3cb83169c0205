using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>Keeps concepts. Nothing is remembered between calls: other gateways may share the store.</summary>
internal sealed class ConceptStore(ConceptStoreSetUp setUp, IOptions<ConceptOptions> options)
{
    // Databases order text by the rules of a language unless told otherwise; names are ordered by their characters everywhere here.
    private readonly string _collation = options.Value.Place.IsPostgres ? "C" : "BINARY";

    /// <summary>The concept of an id; null where there is none.</summary>
    /// <exception cref="ConceptStoreException">The store cannot be used; so for every method here.</exception>
    internal Task<ConceptRow?> FindAsync(string id, CancellationToken cancellation) => RunAsync(
        (context, token) => context.Concepts.SingleOrDefaultAsync(row => row.Id == id, token), cancellation);

    /// <summary>What a request has made.</summary>
    internal Task<ConceptRow?> FindRequestAsync(string requestId, CancellationToken cancellation) => RunAsync(
        (context, token) => context.Concepts.SingleOrDefaultAsync(row => row.RequestId == requestId, token), cancellation);

    /// <summary>Summaries by id.</summary>
    /// <param name="model">Of this model; empty for all.</param>
    /// <param name="after">Only later ids.</param>
    internal Task<List<byte[]>> ListAsync(string model, string after, int count, CancellationToken cancellation) => RunAsync(
        (context, token) => context.Concepts
            .Where(row => (model == "" || row.Model == model) && string.Compare(EF.Functions.Collate(row.Id, _collation), after) > 0)
            .OrderBy(row => EF.Functions.Collate(row.Id, _collation)).Take(count).Select(row => row.Summary).ToListAsync(token),
        cancellation);

    /// <summary>Every id.</summary>
    internal Task<List<string>> IdsAsync(CancellationToken cancellation) => RunAsync(
        (context, token) => context.Concepts.Select(row => row.Id).ToListAsync(token), cancellation);

    internal Task<int> CountAsync(CancellationToken cancellation) => RunAsync((context, token) => context.Concepts.CountAsync(token), cancellation);

    /// <summary>Adds a concept.</summary>
    /// <returns>False where its id, or that of its request, is taken.</returns>
    internal Task<bool> TryAddAsync(ConceptRow row, CancellationToken cancellation) => RunAsync(
        async (context, token) =>
        {
            context.Concepts.Add(row);
            try
            {
                await context.SaveChangesAsync(token);
                return true;
            }
            catch (DbUpdateException)
            {
                await using var fresh = await setUp.OpenAsync(token);
                if (await fresh.Concepts.AnyAsync(other => other.Id == row.Id || (row.RequestId != null && other.RequestId == row.RequestId), token))
                {
                    return false;
                }

                throw;
            }
        },
        cancellation);

    /// <returns>False where there was none.</returns>
    internal Task<bool> DeleteAsync(string id, CancellationToken cancellation) => RunAsync(
        async (context, token) => await context.Concepts.Where(row => row.Id == id).ExecuteDeleteAsync(token) > 0, cancellation);

    private async Task<T> RunAsync<T>(Func<ConceptContext, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var context = await setUp.OpenAsync(cancellation);
            return await work(context, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Databases, drivers, Entity Framework and the file system have an exception each for a store that is away.
            throw new ConceptStoreException(fault);
        }
    }
}
