using System.Diagnostics;

namespace Cdam.Testing;

/// <summary>A PostgreSQL server of its own, reached through a socket in its data folder; nothing of it outlives it. Compiled into each test project that has a store.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    // The programs take seconds where they work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string? Programs = Find();

    private readonly string _folder;
    private int _databases;

    private PostgresServer(string folder) => _folder = folder;

    /// <summary>Starts a server, or skips the test where PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        Assert.SkipWhen(Programs is null, "needs PostgreSQL's initdb and pg_ctl");
        var folder = Directory.CreateTempSubdirectory("cdam-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            await RunAsync("chown", ["postgres", folder]);
        }

        var server = new PostgresServer(folder);
        await PostgresAsync("initdb", "-D", $"{folder}/data", "-A", "trust", "-U", "cdam", "--no-sync");
        await server.ResumeAsync();
        return server;
    }

    /// <summary>A new database.</summary>
    public string NewDatabase() =>
        $"Host={_folder};Username=cdam;Database=test_{Interlocked.Increment(ref _databases)};Timeout=5;Command Timeout=30;Maximum Pool Size=20";

    /// <summary>Creates the database of a connection string.</summary>
    public Task CreateAsync(string connection) =>
        PostgresAsync("createdb", "-h", _folder, "-U", "cdam", new Npgsql.NpgsqlConnectionStringBuilder(connection).Database!);

    /// <summary>Goes away as after a power failure.</summary>
    public Task StopAsync() => PostgresAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");

    public Task ResumeAsync() => PostgresAsync(
        "pg_ctl", "-D", $"{_folder}/data", "-w", "-l", $"{_folder}/log",
        "-o", $"-c listen_addresses= -c unix_socket_directories={_folder} -c fsync=off -c max_connections=200", "start");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task PostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        // The server keeps what it inherits: redirected output would never end.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static string? Find()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse().Select(version => Path.Combine(version, "bin"))
            : [];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
