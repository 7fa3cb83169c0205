using System.Diagnostics;

namespace Cdam.System.Tests;

/// <summary>Runs programs and keeps what they print.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);

    /// <summary>Runs the built command-line program.</summary>
    public static Task<CommandResult> Cdam(params string[] arguments) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), .. arguments]);

    /// <summary>Runs it with further variables of the environment.</summary>
    public static Task<CommandResult> Cdam(IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Run(variables, "dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), .. arguments]);

    /// <summary>Runs any program.</summary>
    public static Task<CommandResult> Run(string program, params string[] arguments) => Run(new Dictionary<string, string>(), program, arguments);

    private static async Task<CommandResult> Run(IReadOnlyDictionary<string, string> variables, string program, string[] arguments)
    {
        // A command that waits for ever is a failed test, not a hanging one.
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        budget.CancelAfter(Budget);
        var cancellation = budget.Token;
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }
}
