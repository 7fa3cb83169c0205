namespace Cdam.Kubernetes.Tests.Hosts;

/// <summary>The command that the job <c>migrations</c> gives both programs.</summary>
public sealed class MigrateTests
{
    private const string Command = "migrate";
    private const string Evaluator = "Cdam.Evaluator";
    private const string Gateway = "Cdam.Gateway";

    [Fact]
    public async Task Migrate_OfBothIntoOneDatabase_MakesTheirTablesAndMayBeRepeated()
    {
        var connection = await SharedPostgres.NewDatabaseAsync();
        var (sessions, concepts) = ($"--Evaluator:Store:ConnectionString={connection}", $"--Gateway:Concepts:ConnectionString={connection}");

        // As the job does: at the same time, and again where a pod is started anew.
        for (var time = 0; time < 2; time++)
        {
            var ends = await Task.WhenAll(
                HostProcess.RunAsync(Evaluator, Command, sessions), HostProcess.RunAsync(Gateway, Command, concepts));

            Assert.All(ends, end => Assert.True(end is { Code: 0, Output: "" }, end.Error));
        }

        Assert.Superset(new HashSet<string> { "benchmarks", "concepts" }, await TablesAsync(connection));
    }

    [Theory]
    [InlineData(Evaluator, "--Evaluator:Store:Path=/dev/null/sessions.db", "Evaluator:Store: /dev/null/sessions.db cannot be opened")]
    [InlineData(Gateway, "--Gateway:Concepts:Path=/dev/null/concepts.db", "Gateway:Concepts: /dev/null/concepts.db cannot be opened")]
    [InlineData(Evaluator, "--Evaluator:Store:ConnectionString=Database=cdam", "Evaluator:Store:ConnectionString must be")]
    [InlineData(Gateway, "--Gateway:Concepts:ConnectionString=Database=cdam", "Gateway:Concepts:ConnectionString must be")]
    [InlineData(Gateway, "--Gateway:Concepts:ConnectionString=Host=127.0.0.1;Port=1;Database=cdam;Username=cdam", "Gateway:Concepts: PostgreSQL of ConnectionString cannot be opened")]
    public async Task Migrate_OfAStoreThatCannotBeOpened_EndsWithOneAndSaysWhich(string host, string setting, string fault)
    {
        var (code, output, error) = await HostProcess.RunAsync(host, Command, setting, "--Evaluator:Store:PatienceSeconds=1");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(fault, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<HashSet<string>> TablesAsync(string connection)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("SELECT lower(table_name) FROM information_schema.tables WHERE table_schema = 'public'");
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new HashSet<string>();
        while (await reader.ReadAsync())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }
}
