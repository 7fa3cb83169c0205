using Cdam.Evaluator.Explaining;
using Cdam.Evaluator.Hosting;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Sources;
using Cdam.Evaluator.Store;
using Cdam.V1;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cdam.Evaluator.Tests.Store;

/// <summary>An empty store, and what reads and writes it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;

    private TestStore(string? connection)
    {
        File = _folder.File("store.db");
        Arguments = connection is null ? [$"--Evaluator:Store:Path={File}"] : [$"--Evaluator:Store:ConnectionString={connection}"];
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddCommandLine(Arguments).Build());
        services.AddSingleton<TimeProvider>(Clock).AddLogging(logging => logging.ClearProviders());
        services.AddOptions<EvaluatorOptions>();
        StoreServices.Add(services);
        SessionServices.Add(services);
        _services = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    /// <summary>Of SQLite.</summary>
    public string File { get; }

    /// <summary>For an evaluator on this store.</summary>
    public string[] Arguments { get; }

    public LeaseStore Leases => _services.GetRequiredService<LeaseStore>();

    public SessionJournal Journal => _services.GetRequiredService<SessionJournal>();

    public SessionStore Sessions => _services.GetRequiredService<SessionStore>();

    public ResultReader Results => _services.GetRequiredService<ResultReader>();

    public ImageSets Sets => _services.GetRequiredService<ImageSets>();

    private static CancellationToken Patience => EvaluatorFixture.Patience;

    /// <param name="kind"><see cref="Sqlite"/>, <see cref="Postgres"/> (the test is skipped where it is not installed), or a connection string.</param>
    public static async Task<TestStore> EmptyAsync(string kind) =>
        new(kind == Sqlite ? null : kind == Postgres ? await SharedPostgres.NewDatabaseAsync() : kind);

    /// <summary>With its tables.</summary>
    public static async Task<TestStore> StartAsync(string kind)
    {
        var store = await EmptyAsync(kind);
        await store.SetUpAsync();
        return store;
    }

    /// <summary>What each evaluator does at its start.</summary>
    public Task SetUpAsync() => ActivatorUtilities.CreateInstance<StoreSetUp>(_services).StartAsync(Patience);

    public async Task<T> ReadAsync<T>(Func<StoreContext, Task<T>> read)
    {
        await using var context = await _services.GetRequiredService<IDbContextFactory<StoreContext>>().CreateDbContextAsync(Patience);
        return await read(context);
    }

    /// <summary>A session of so many images without content.</summary>
    public async Task<string> NewSessionAsync(int images, BenchmarkSettings? settings = null)
    {
        var source = Enumerable.Range(0, images).Select(i => new SourceImage($"image {i}", [new ImageLabel(i, null)])).ToList();
        var row = await Sessions.CreateAsync(settings ?? Settings(), null, [1], source, Patience);
        return row.Id;
    }

    public static BenchmarkSettings Settings() => new()
    {
        Model = "models/linear",
        Source = new BenchmarkSource { Folder = new ServerFolder { Path = "photos" } },
        Methods = { new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "attention" } },
        Metrics = { "a_mif" },
    };

    /// <summary>Results whose only value is <paramref name="value"/>.</summary>
    public static ImageOutcome Outcome(double value) => new(
        new TargetLogit(0, 1, "output 1", 2f),
        [
            new MeasuredMethod("cdam", new Dictionary<string, double> { ["a_mif"] = value }, [new MeasuredCurve("mif", [0, 100], [value, 0.1])]),
            new MeasuredMethod("attention", new Dictionary<string, double> { ["a_mif"] = -value }, []),
        ],
        20, 44, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();

        // Idle connections of databases that are done with would use up the server's.
        NpgsqlConnection.ClearAllPools();
        _folder.Dispose();
    }
}
