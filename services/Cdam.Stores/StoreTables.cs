using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Cdam.Stores;

/// <summary>Brings a store's tables up to date. Any number of processes may do so at a time: one does, the others wait.</summary>
public static class StoreTables
{
    /// <param name="context">Of the store; new, since a connection may be left open in it.</param>
    /// <param name="place">Where the store is.</param>
    /// <param name="lockKey">Of PostgreSQL's lock, another one for each kind of store.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="System.Data.Common.DbException">The database refuses, or is away.</exception>
    /// <exception cref="IOException">The file or its folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static Task UpdateAsync(DbContext context, StorePlace place, long lockKey, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(place);
        return place.IsPostgres ? UpdatePostgresAsync(context.Database, lockKey, cancellation) : UpdateSqliteAsync(context.Database, place.FullPath, cancellation);
    }

    /// <summary>The lock ends with its connection, whatever becomes of this process.</summary>
    private static async Task UpdatePostgresAsync(DatabaseFacade database, long lockKey, CancellationToken cancellation)
    {
        await database.OpenConnectionAsync(cancellation);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({lockKey})", cancellation);
        try
        {
            await database.MigrateAsync(cancellation);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({lockKey})", CancellationToken.None);
        }
    }

    private static async Task UpdateSqliteAsync(DatabaseFacade database, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var alone = await LockAsync($"{path}.lock", cancellation);

        // Entity Framework's own lock is a row: one that a killed process left would be waited for for ever. None is held now.
        await database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellation);
        await database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        await database.MigrateAsync(cancellation);
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
