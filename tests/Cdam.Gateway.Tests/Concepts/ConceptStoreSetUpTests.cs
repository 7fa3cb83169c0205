using Cdam.Gateway.Concepts.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cdam.Gateway.Tests.Concepts;

public sealed class ConceptStoreSetUpTests
{
    private static CancellationToken Patience => ConceptFixture.Patience;

    [Theory]
    [InlineData(ConceptFixture.Sqlite, "SELECT lower(m.name) || '.' || p.name || ' ' || p.type || p.pk || p.\"notnull\" FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")]
    [InlineData(ConceptFixture.Sqlite, "SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index'")]
    [InlineData(ConceptFixture.Postgres, "SELECT table_name || '.' || column_name || ' ' || data_type || is_nullable || coalesce(character_maximum_length, 0) FROM information_schema.columns WHERE table_schema = 'public'")]
    [InlineData(ConceptFixture.Postgres, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")]
    public async Task Migrations_MakeWhatTheModelDescribes(string kind, string facts)
    {
        await using var migrated = await ConceptFixture.StartAsync(kind);
        await using var created = await ConceptFixture.StartAsync(kind);
        await using var context = await SetUp(migrated).OpenAsync(Patience);
        if (kind == ConceptFixture.Sqlite)
        {
            Directory.CreateDirectory(Path.Combine(created.Folder, "sub"));
        }

        await using var described = await Contexts(created).CreateDbContextAsync(Patience);
        await described.Database.EnsureCreatedAsync(Patience);

        var expected = await FactsAsync(described, facts);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await FactsAsync(context, facts));
    }

    [Theory]
    [InlineData(ConceptFixture.Sqlite)]
    [InlineData(ConceptFixture.Postgres)]
    public async Task Open_SeveralAtATime_AllSucceedAndOneMigrates(string kind)
    {
        await using var system = await ConceptFixture.StartAsync(kind);
        var options = system.Gateway.App.Services.GetRequiredService<IOptions<ConceptOptions>>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var alone = new ConceptStoreSetUp(Contexts(system), options);
            await (await alone.OpenAsync(Patience)).DisposeAsync();
        })));

        await using var context = await Contexts(system).CreateDbContextAsync(Patience);
        Assert.Equal(["20261123090000_CreateConcepts"], await context.Database.GetAppliedMigrationsAsync(Patience));
        if (kind == ConceptFixture.Sqlite)
        {
            Assert.Equal(["wal"], await FactsAsync(context, "PRAGMA journal_mode"));
        }
    }

    [Fact]
    public void Build_StoreOptionsThatContradict_AreNamedWithoutThePassword()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Options(
            "--Gateway:Concepts:Path=x.db", "--Gateway:Concepts:ConnectionString=Password=secret", "--Gateway:Concepts:MaxConcepts=0", "--Gateway:Concepts:MaxImageBytes=1"));

        Assert.Equal(
            [
                "Gateway:Concepts:Path (x.db) must be empty beside ConnectionString",
                "Gateway:Concepts:ConnectionString must be a PostgreSQL connection string such as Host=db;Database=cdam",
                "Gateway:Concepts:MaxConcepts (0) must be between 1 and 100000",
                "Gateway:Concepts:MaxImageBytes (1) must be between 1024 and 1073741824",
            ],
            fault.Failures);
    }

    private static ConceptOptions Options(params string[] arguments) =>
        GatewayHost.Build(arguments).Services.GetRequiredService<IOptions<ConceptOptions>>().Value;

    private static ConceptStoreSetUp SetUp(ConceptFixture system) => system.Gateway.App.Services.GetRequiredService<ConceptStoreSetUp>();

    private static IDbContextFactory<ConceptContext> Contexts(ConceptFixture system) =>
        system.Gateway.App.Services.GetRequiredService<IDbContextFactory<ConceptContext>>();

    private static async Task<List<string>> FactsAsync(ConceptContext context, string query)
    {
        var found = new List<string>();
        await context.Database.OpenConnectionAsync(Patience);
        await using var command = context.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the queries are this file's own
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Patience);
        while (await reader.ReadAsync(Patience))
        {
            found.Add(reader.GetValue(0).ToString()!);
        }

        return [.. found.Where(fact => !fact.Contains("efmigrations", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
