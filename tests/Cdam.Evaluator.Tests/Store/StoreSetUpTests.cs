using Cdam.Evaluator.Store;
using Microsoft.EntityFrameworkCore;

namespace Cdam.Evaluator.Tests.Store;

public sealed class StoreSetUpTests
{
    [Theory]
    [InlineData(TestStore.Sqlite)]
    [InlineData(TestStore.Postgres)]
    public async Task SetUp_SeveralAtATime_AllSucceedAndOneMigrates(string kind)
    {
        await using var store = await TestStore.EmptyAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(store.SetUpAsync)));

        var applied = await store.ReadAsync(context => context.Database.GetAppliedMigrationsAsync());
        Assert.Equal(["20261123060000_CreateSessions", "20261123080000_AddMasks", "20261123090000_AddExamplesAndCpuTime", "20261123100000_AddShards", "20261123110000_AddBytes"], applied);
        Assert.Empty(await store.ReadAsync(context => context.Benchmarks.ToListAsync()));
    }

    [Theory]
    [InlineData(TestStore.Sqlite, "SELECT lower(m.name) || '.' || p.name || ' ' || p.type || p.pk || p.\"notnull\" FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")]
    [InlineData(TestStore.Sqlite, "SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index'")]
    [InlineData(TestStore.Postgres, "SELECT table_name || '.' || column_name || ' ' || data_type || is_nullable || coalesce(character_maximum_length, 0) FROM information_schema.columns WHERE table_schema = 'public'")]
    [InlineData(TestStore.Postgres, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")]
    [InlineData(TestStore.Postgres, "SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace")]
    public async Task Migrations_MakeWhatTheModelDescribes(string kind, string facts)
    {
        await using var migrated = await TestStore.StartAsync(kind);
        await using var created = await TestStore.EmptyAsync(kind);
        await created.ReadAsync(context => context.Database.EnsureCreatedAsync());

        var expected = await FactsAsync(created, facts);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await FactsAsync(migrated, facts));
    }

    [Fact]
    public async Task SetUp_AfterAMigrationThatWasKilled_DoesNotWaitForItsLock()
    {
        await using var store = await TestStore.StartAsync(TestStore.Sqlite);
        await store.ReadAsync(context => context.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')
            """));

        await store.SetUpAsync();
    }

    [Fact]
    public async Task SetUp_OfSqlite_WritesAheadAndWaitsForTheDisk()
    {
        await using var store = await TestStore.StartAsync(TestStore.Sqlite);

        Assert.Equal(["wal"], await FactsAsync(store, "PRAGMA journal_mode"));
        Assert.Equal(["2"], await FactsAsync(store, "PRAGMA synchronous")); // FULL: a commit survives a power failure
    }

    [Fact]
    public async Task SetUp_OfAFileThatIsNoDatabase_SaysWhich()
    {
        await using var store = await TestStore.EmptyAsync(TestStore.Sqlite);
        await File.WriteAllTextAsync(store.File, new string('x', 5000));

        var fault = await Assert.ThrowsAsync<StoreException>(store.SetUpAsync);

        Assert.Contains(store.File, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> FactsAsync(TestStore store, string query)
    {
        var all = await store.ReadAsync(async context =>
        {
            var found = new List<string>();
            await context.Database.OpenConnectionAsync();
            await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the queries are this file's own
            command.CommandText = query;
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                found.Add(reader.GetValue(0).ToString()!);
            }

            return found;
        });
        return [.. all.Where(fact => !fact.Contains("efmigrations", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
