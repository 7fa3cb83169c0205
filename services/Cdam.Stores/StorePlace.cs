using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Cdam.Stores;

/// <summary>Where a host keeps what must outlive it: a SQLite file, or a PostgreSQL database.</summary>
/// <param name="section">Of the configuration, for messages.</param>
/// <param name="path">The SQLite file; empty: <paramref name="fileName"/> in the folder <c>cdam</c> of the user's application data.</param>
/// <param name="connectionString">Of PostgreSQL; empty: SQLite.</param>
/// <param name="fileName">For example <c>evaluator.db</c>.</param>
public sealed class StorePlace(string section, string path, string connectionString, string fileName)
{
    /// <summary>Whether it is PostgreSQL.</summary>
    public bool IsPostgres => connectionString.Length > 0;

    /// <summary>The SQLite file.</summary>
    public string FullPath => Path.GetFullPath(path.Length > 0
        ? path
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cdam", fileName));

    /// <summary>What is wrong with the settings, each with its section.</summary>
    public IEnumerable<string> Faults()
    {
        if (IsPostgres && path.Length > 0)
        {
            yield return $"{section}:Path ({path}) must be empty beside ConnectionString";
        }

        // The value is not repeated: it may hold a password.
        if (IsPostgres && !IsConnectionString(connectionString))
        {
            yield return $"{section}:ConnectionString must be a PostgreSQL connection string such as Host=db;Database=cdam";
        }
    }

    /// <summary>Sets a context up for it, without tracking.</summary>
    /// <param name="context">To set up.</param>
    /// <param name="historyTable">Of the migrations, where one database is to hold several stores; null: Entity Framework's own.</param>
    public void Use(DbContextOptionsBuilder context, string? historyTable = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

        // Migrations are written by hand, for both databases at once, and have no generated snapshot to compare the model with; tests
        // compare the tables themselves.
        context.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        if (IsPostgres)
        {
            context.UseNpgsql(connectionString, postgres => postgres.MigrationsHistoryTable(historyTable ?? DefaultHistory));
        }
        else
        {
            context.UseSqlite(
                new SqliteConnectionStringBuilder { DataSource = FullPath }.ToString(),
                sqlite => sqlite.MigrationsHistoryTable(historyTable ?? DefaultHistory));
        }
    }

    /// <summary>What a person is told of a store that cannot be opened.</summary>
    public string CannotBeOpened(string cause)
    {
        var place = IsPostgres ? "PostgreSQL of ConnectionString" : FullPath;
        return $"{section}: {place} cannot be opened: {cause}";
    }

    private static string DefaultHistory => Microsoft.EntityFrameworkCore.Migrations.HistoryRepository.DefaultTableName;

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
