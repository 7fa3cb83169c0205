using Cdam.Evaluator;
using Cdam.V1.Clients;
using Microsoft.AspNetCore.Builder;

namespace Cdam.Cli.Benching;

/// <summary>An evaluator in this process that works on its share of a benchmark, with a server's explainers.</summary>
internal sealed class ShardHost : IAsyncDisposable
{
    private const string StoreVariable = "Evaluator__Store__ConnectionString";

    private readonly WebApplication _app;

    private ShardHost(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Completes once the share is done; fails where it cannot be.</summary>
    public Task Settled => EvaluatorHost.ShareSettled(_app);

    /// <param name="shard">Its share.</param>
    /// <param name="server">A gateway.</param>
    /// <param name="access">What the gateway is shown.</param>
    /// <param name="output">Folder of the store that the shards have in common, unless the environment names a PostgreSQL database.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ShardHost> Start(BenchShard shard, string server, ClientAccess access, string output, CancellationToken cancellation)
    {
        List<(string Name, string? Value)> settings =
        [
            ("Listen", "http://127.0.0.1:0"), ("ListenHttp", ""), ("ExplainerAddress", server), ("ApiKey", access.Key), ("CaFile", access.CaFile),
            ("CertificateFile", access.CertificateFile), ("CertificateKeyFile", access.CertificateKeyFile),
            ("Shard:Session", $"{shard.Session}"), ("Shard:Index", $"{shard.Index}"), ("Shard:Count", $"{shard.Count}"),
        ];
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(StoreVariable)))
        {
            Directory.CreateDirectory(output);
            settings.Add(("Store:Path", Path.GetFullPath(Path.Combine(output, "sessions.db"))));
        }

        var app = EvaluatorHost.Build(
            ["--Logging:LogLevel:Default=Warning", .. settings.Where(setting => setting.Value is not null).Select(setting => $"--Evaluator:{setting.Name}={setting.Value}")]);
        var host = new ShardHost(app);
        try
        {
            await app.StartAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
