using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Cdam.Evaluator.Store;

/// <summary>Waits for a store that went away: repeats what failed, which must therefore bear repeating.</summary>
internal sealed partial class StorePatience(IOptions<StoreOptions> options, TimeProvider clock, ILogger<StorePatience> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // SQLite's codes for what another process or the disk may cure: busy, locked, input or output, full, cannot open.
    private static readonly int[] PassingSqliteCodes = [5, 6, 10, 13, 14];

    internal Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellation) => RunAsync(
        async token =>
        {
            await work(token);
            return true;
        },
        cancellation);

    /// <exception cref="DbException">The patience ended, or waiting cannot help.</exception>
    internal async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await work(cancellation);
            }
            catch (Exception fault) when (IsPassing(fault) && clock.GetElapsedTime(start) < options.Value.Patience)
            {
                LogWaiting(pause.TotalSeconds, fault.GetBaseException().Message);
                await Task.Delay(pause, clock, cancellation);
            }
        }
    }

    /// <summary>Entity Framework wraps what the database says in exceptions of its own.</summary>
    internal static bool IsPassing(Exception? fault) => fault switch
    {
        SqliteException sqlite => PassingSqliteCodes.Contains(sqlite.SqliteErrorCode),
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => true, // it shuts down, crashed, or starts
        DbException database => database.IsTransient,
        TimeoutException => true,
        DbUpdateException or InvalidOperationException => IsPassing(fault.InnerException),
        _ => false,
    };

    [LoggerMessage(LogLevel.Warning, "The store cannot be reached, trying again in {Seconds} s: {Cause}")]
    private partial void LogWaiting(double seconds, string cause);
}
