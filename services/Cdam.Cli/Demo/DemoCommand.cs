using System.CommandLine;

namespace Cdam.Cli.Demo;

/// <summary><c>cdam demo</c>: the whole path once, with three services as three processes and the models that come with the program.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "Folder for the page, its pictures and summary.json.", DefaultValueFactory = _ => "out/demo" };
        var command = new Command(
            "demo", "Starts gateway, explainer and evaluator, explains scenes, concepts and a lung nodule over gRPC, and writes a page.") { output };
        command.SetAction(async (parsed, cancellation) =>
        {
            await new DemoRun(parsed.GetRequiredValue(output)).Run(cancellation);
            return 0;
        });
        return command;
    }
}
