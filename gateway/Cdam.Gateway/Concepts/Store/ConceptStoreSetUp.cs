using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Concepts.Store;

/// <summary>
/// Opens the store; the first call that needs it brings its table up to date, and the next one tries again where that failed. A gateway
/// whose store is away forwards calls all the same. Any number of gateways may do so at a time.
/// </summary>
internal sealed class ConceptStoreSetUp(IDbContextFactory<ConceptContext> contexts, IOptions<ConceptOptions> options) : IDisposable
{
    // Beside the evaluator's own, so that one database can hold both stores.
    private const string HistoryTable = "__EFMigrationsHistory_concepts";

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isReady;

    internal static void Use(DbContextOptionsBuilder context, ConceptOptions options)
    {
        context.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

        // Migrations are written by hand, for both databases at once, and have no generated snapshot to compare the model with; a test
        // compares the tables themselves.
        context.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        if (options.IsPostgres)
        {
            context.UseNpgsql(options.ConnectionString, postgres => postgres.MigrationsHistoryTable(HistoryTable));
        }
        else
        {
            context.UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = options.FullPath }.ToString(), sqlite => sqlite.MigrationsHistoryTable(HistoryTable));
        }
    }

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
                await (options.Value.IsPostgres ? MigratePostgresAsync(cancellation) : MigrateSqliteAsync(cancellation));
                _isReady = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The lock ends with its connection, whatever becomes of this process.</summary>
    private async Task MigratePostgresAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Database.OpenConnectionAsync(cancellation);
        await context.Database.ExecuteSqlRawAsync("SELECT pg_advisory_lock(732327)", cancellation);
        try
        {
            await context.Database.MigrateAsync(cancellation);
        }
        finally
        {
            await context.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock(732327)", CancellationToken.None);
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
