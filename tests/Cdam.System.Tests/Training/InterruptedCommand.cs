using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cdam.System.Tests.Training;

/// <summary>Runs the command-line program and asks it to stop.</summary>
internal static partial class InterruptedCommand
{
    /// <summary>SIGTERM, which goes the same way as Ctrl-C's SIGINT; that one a test run in the background of a shell has disabled.</summary>
    private const int Terminate = 15;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <param name="ready">When to ask.</param>
    /// <param name="arguments">The command.</param>
    public static async Task<CommandResult> Cdam(Func<bool> ready, params string[] arguments)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        budget.CancelAfter(TimeSpan.FromMinutes(5));
        string[] command = [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), .. arguments];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(budget.Token);
            var error = process.StandardError.ReadToEndAsync(budget.Token);
            while (!ready() && !process.HasExited)
            {
                await Task.Delay(Interval, budget.Token);
            }

            // A process that is gone has said why.
            _ = SendSignal(process.Id, Terminate);
            await process.WaitForExitAsync(budget.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
