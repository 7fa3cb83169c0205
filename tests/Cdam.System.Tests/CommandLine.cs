using System.Diagnostics;

namespace Cdam.System.Tests;

/// <summary>Runs programs and keeps what they print.</summary>
internal static class CommandLine
{
    /// <summary>Runs the built command-line program.</summary>
    public static Task<CommandResult> Cdam(params string[] arguments) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cdam.Cli.dll"), .. arguments]);

    /// <summary>Runs any program.</summary>
    public static async Task<CommandResult> Run(string program, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
