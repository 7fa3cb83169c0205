using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cdam.Evaluator.Store;

/// <summary>Brings the store's tables up to date before the evaluator listens. Any number of evaluators may do so at a time.</summary>
internal sealed class StoreSetUp(IDbContextFactory<StoreContext> contexts, StorePatience patience, IOptions<StoreOptions> options) : IHostedService
{
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await patience.RunAsync(options.Value.IsPostgres ? MigratePostgresAsync : MigrateSqliteAsync, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException)
        {
            var place = options.Value.IsPostgres ? "PostgreSQL of ConnectionString" : options.Value.FullPath;
            throw new StoreException($"{StoreOptions.Section}: {place} cannot be opened: {fault.Message}", fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The lock ends with its connection, whatever becomes of this process.</summary>
    private async Task MigratePostgresAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.OpenConnectionAsync(cancellation);
        await context.Database.ExecuteSqlRawAsync("SELECT pg_advisory_lock(732326)", cancellation);
        try
        {
            await context.Database.MigrateAsync(cancellation);
        }
        finally
        {
            await context.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock(732326)", CancellationToken.None);
        }
    }

    private async Task MigrateSqliteAsync(CancellationToken cancellation)
    {
        var path = options.Value.FullPath;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var alone = await LockAsync($"{path}.lock", cancellation);
        await using var context = await contexts.CreateDbContextAsync(cancellation);

        // Entity Framework's own lock is a row: one that a killed process left would be waited for for ever. None is held now.
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellation);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        await context.Database.MigrateAsync(cancellation);
    }

    /// <summary>The system lets go of it with the process.</summary>
    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException fault) when (fault is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            }
        }
    }
}
