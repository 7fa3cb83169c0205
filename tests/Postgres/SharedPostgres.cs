[assembly: AssemblyFixture(typeof(Cdam.Testing.SharedPostgres))]

namespace Cdam.Testing;

/// <summary>One server for all tests of the assembly, started by the first that asks; each test has a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly SemaphoreSlim Starting = new(1);
    private static PostgresServer? _server;

    /// <summary>The connection string of a new, empty database.</summary>
    internal static async Task<string> NewDatabaseAsync()
    {
        await Starting.WaitAsync();
        try
        {
            _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            Starting.Release();
        }

        var connection = _server.NewDatabase();
        await _server.CreateAsync(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
