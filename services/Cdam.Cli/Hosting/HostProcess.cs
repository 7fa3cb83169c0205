using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cdam.Cli.Hosting;

/// <summary>One of the services as a process of its own on loopback, on a port that the system chose.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const string ListeningPrefix = "listening ";
    private const int Terminate = 15; // SIGTERM
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopBudget = TimeSpan.FromSeconds(40);
    private readonly Process _process;
    private readonly TextWriter _log;

    private HostProcess(string name, Process process, TextWriter log, string address) =>
        (Name, _process, _log, Address) = (name, process, log, address);

    /// <summary>The program's name, for example <c>Cdam.Gateway</c>.</summary>
    public string Name { get; }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:40123</c>.</summary>
    public string Address { get; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a service that lies beside this program and waits until it listens.</summary>
    /// <param name="name">The service's assembly, for example <c>Cdam.Explainer</c>.</param>
    /// <param name="log">Its log is written here.</param>
    /// <param name="arguments">Its options.</param>
    /// <param name="cancellation">Gives up, and stops the process.</param>
    /// <exception cref="IOException">It did not come up; the message names its log.</exception>
    public static async Task<HostProcess> Start(string name, string log, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new IOException($"{name} could not be started");
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = TextWriter.Synchronized(new StreamWriter(log) { AutoFlush = true });
        var lastError = "";
        process.ErrorDataReceived += (_, line) =>
        {
            writer.WriteLine(line.Data);
            lastError = string.IsNullOrEmpty(line.Data) ? lastError : line.Data;
        };
        process.OutputDataReceived += (_, line) => Read(line.Data, writer, listening);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();

        // Ends when the output does: the last line is the reason then.
        _ = process.WaitForExitAsync(CancellationToken.None).ContinueWith(
            _ => listening.TrySetException(new IOException($"{name} ended before it listened: {lastError} (its log is {log})")), TaskScheduler.Default);
        try
        {
            return new HostProcess(name, process, writer, await listening.Task.WaitAsync(StartBudget, cancellation));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            await writer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the service to stop, as Kubernetes would, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            if (!_process.HasExited)
            {
                await Stop();
            }

            // Waits for the last lines, too.
            await _process.WaitForExitAsync();
        }

        await _log.DisposeAsync();
    }

    private async Task Stop()
    {
        if (OperatingSystem.IsWindows() || SendSignal(_process.Id, Terminate) != 0)
        {
            _process.Kill();
        }

        using var budget = new CancellationTokenSource(StopBudget);
        try
        {
            await _process.WaitForExitAsync(budget.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private static void Read(string? line, TextWriter log, TaskCompletionSource<string> listening)
    {
        log.WriteLine(line);
        if (line?.StartsWith(ListeningPrefix, StringComparison.Ordinal) == true)
        {
            listening.TrySetResult(line[ListeningPrefix.Length..].Trim());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
