using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Cdam.System.Tests.Serving;

/// <summary><c>cdam serve</c> as a process, whose stores are its own and gone afterwards unless arguments name others.</summary>
internal sealed partial class ServedProcess : IAsyncDisposable
{
    private const int Signal = 15; // SIGTERM
    private const string Ready = "ready: clients connect to ";
    private const string Http1 = "gateway-http ";
    private readonly Process _process;
    private readonly DirectoryInfo _data;
    private readonly StringBuilder _output = new();

    private ServedProcess(Process process, DirectoryInfo data) => (_process, _data) = (process, data);

    /// <summary>Where clients connect.</summary>
    public string Gateway { get; private set; } = "";

    /// <summary>Where it listens for what is not gRPC.</summary>
    public string Http { get; private set; } = "";

    public static async Task<ServedProcess> Start(params string[] arguments)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), "serve", "--listen-http", "http://127.0.0.1:0", .. arguments];
        var data = Directory.CreateTempSubdirectory("cdam-served-");
        var start = new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = data.FullName;
        var served = new ServedProcess(Process.Start(start)!, data);
        var errors = served._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await served._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            served._output.AppendLine(line);
            if (line.StartsWith(Http1, StringComparison.Ordinal))
            {
                served.Http = line[Http1.Length..];
            }

            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                served.Gateway = line[Ready.Length..];
                return served;
            }
        }

        throw new InvalidOperationException($"serve ended: {served._output}{await errors}");
    }

    /// <summary>Asks it to stop, and waits.</summary>
    public async Task<(int ExitCode, string Output)> Terminate()
    {
        Assert.Equal(0, SendSignal(_process.Id, Signal));
        _output.Append(await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, _output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _data.Delete(recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
