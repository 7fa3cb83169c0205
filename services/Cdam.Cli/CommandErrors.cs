using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Training.Lidc;
using Google.Rpc;
using Grpc.Core;
using Spectre.Console;

namespace Cdam.Cli;

/// <summary>What a person sees of a failure: one line, and the fields at fault; a stack trace only for what should not happen.</summary>
internal static class CommandErrors
{
    /// <summary>Columns of what goes into a file, which has no width of its own to fit lines into.</summary>
    public const int RedirectedWidth = 160;

    /// <summary>Writes to standard error; standard output belongs to results.</summary>
    public static IAnsiConsole Console { get; } = Create();

    /// <summary>Turns the failures that a user can cause into a message and exit code 1.</summary>
    public static async Task<int> ReportErrors(this Task<int> command)
    {
        try
        {
            return await command;
        }
        catch (RpcException exception)
        {
            Console.MarkupLineInterpolated($"[red]error[/] {exception.StatusCode}: {exception.Status.Detail}");
            foreach (var violation in exception.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations ?? [])
            {
                Console.MarkupLineInterpolated($"  {violation.Field}: {violation.Description}");
            }

            return 1;
        }
        catch (Exception exception) when (exception is ModelException or CheckpointException or AttributionException or LidcException
            or ArgumentException or IOException or UnauthorizedAccessException or PlatformNotSupportedException or DllNotFoundException)
        {
            Console.MarkupLineInterpolated($"[red]error[/] {exception.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.MarkupLine("[yellow]cancelled[/]");
            return 130;
        }
    }

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        console.Profile.Width = System.Console.IsErrorRedirected ? RedirectedWidth : console.Profile.Width;
        return console;
    }
}
