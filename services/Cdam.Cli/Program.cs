using System.CommandLine;
using Cdam.Cli;
using Cdam.Cli.Benching;
using Cdam.Cli.Concepts;
using Cdam.Cli.Demo;
using Cdam.Cli.Explaining;
using Cdam.Cli.Keys;
using Cdam.Cli.Lidc;
using Cdam.Cli.Localization;
using Cdam.Cli.Measuring;
using Cdam.Cli.Models;
using Cdam.Cli.Sanity;
using Cdam.Cli.Scenes;
using Cdam.Cli.Serving;
using Cdam.Cli.Training;
using Cdam.Cli.Verifying;
using Cdam.Telemetry;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = CommandErrors.RedirectedWidth;
}

var root = new RootCommand("Class-discriminative attention maps for Vision Transformers, over gRPC.")
{
    ExplainCommand.Create(),
    ServeCommand.Create(),
    DemoCommand.Create(),
    BenchCommand.Create(),
    VerifyCommand.Create(),
    MeasureCommand.Create(),
    ModelsCommand.Create(),
    ConceptCommand.Create(),
    LidcCommand.Create(),
    KeysCommand.Create(),
    LocalizationCommand.Create(),
    SanityCommand.Create(),
    TrainCommand.Create(),
    ScenesCommand.Create(),
};
var configuration = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    // After Ctrl-C: a training must finish its step and save.
    ProcessTerminationTimeout = TimeSpan.FromMinutes(1),
};
var parsed = root.Parse(args);

// Hosts that serve for days make traces of their own.
using var telemetry = parsed.CommandResult.Command.Name == "serve" ? null : new ClientTelemetry("Cdam.Cli", $"cdam {parsed.CommandResult.Command.Name}");
var exitCode = await parsed.InvokeAsync(configuration).ReportErrors();
telemetry?.Ended(exitCode);
return exitCode;
