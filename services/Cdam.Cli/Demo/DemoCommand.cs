using System.CommandLine;

namespace Cdam.Cli.Demo;

/// <summary><c>cdam demo [IMAGE]</c>: the whole path once, with three services as three processes.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var image = new Argument<string?>("image") { Description = "A picture; absent: one that comes with the program.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string>("--out") { Description = "Folder for the results.", DefaultValueFactory = _ => "out/demo" };
        var model = new Option<string?>("--model") { Description = "A model folder; absent: a ViT-S/8 with random weights is made." };
        var command = new Command("demo", "Starts gateway, explainer and evaluator, explains a picture and measures the maps.") { image, output, model };
        command.SetAction(async (parsed, cancellation) =>
        {
            var picture = parsed.GetValue(image) ?? Path.Combine(AppContext.BaseDirectory, "Samples", "still-life.jpg");
            await new DemoRun(picture, parsed.GetRequiredValue(output), parsed.GetValue(model)).Run(cancellation);
            return 0;
        });
        return command;
    }
}
