using System.CommandLine;
using Cdam.Cli;
using Cdam.Cli.Demo;
using Cdam.Cli.Explaining;
using Cdam.Cli.Measuring;
using Cdam.Cli.Models;
using Cdam.Cli.Verifying;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // A file has no width of its own to fit tables into.
    AnsiConsole.Profile.Width = 160;
}

var root = new RootCommand("Class-discriminative attention maps for Vision Transformers, over gRPC.")
{
    ExplainCommand.Create(),
    DemoCommand.Create(),
    VerifyCommand.Create(),
    MeasureCommand.Create(),
    ModelsCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ReportErrors();
