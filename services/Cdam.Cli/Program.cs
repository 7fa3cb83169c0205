using System.CommandLine;
using Cdam.Cli;
using Cdam.Cli.Demo;
using Cdam.Cli.Explaining;
using Cdam.Cli.Lidc;
using Cdam.Cli.Measuring;
using Cdam.Cli.Models;
using Cdam.Cli.Verifying;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Profile.Width = CommandErrors.RedirectedWidth;
}

var root = new RootCommand("Class-discriminative attention maps for Vision Transformers, over gRPC.")
{
    ExplainCommand.Create(),
    DemoCommand.Create(),
    VerifyCommand.Create(),
    MeasureCommand.Create(),
    ModelsCommand.Create(),
    LidcCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ReportErrors();
