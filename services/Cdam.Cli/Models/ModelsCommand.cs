using System.CommandLine;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Models;

/// <summary><c>cdam models …</c>: what has to do with model folders; <c>random</c> makes one to try things with.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "Model folders: published ones, your own, random ones.")
    {
        ListCommand.Create(), PullCommand.Create(), AddCommand.Create(), CheckCommand.Create(), Random(),
    };

    private static Command Random()
    {
        var backbone = new Argument<string>("backbone") { Description = $"One of {string.Join(", ", BackboneCatalog.All.Keys)}." };
        var folder = new Option<string>("--out") { Description = "The model's folder; its name becomes the model's id.", Required = true };
        var classes = new Option<int>("--classes") { Description = "Outputs; 0 makes a concept model without head.", DefaultValueFactory = _ => 1000 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the weights.", DefaultValueFactory = _ => 0 };
        var command = new Command("random", "Writes a model with random weights: real in size and cost, meaningless in what it says.")
        {
            backbone, folder, classes, seed,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            var manifest = RandomModel.Write(
                path, id, new BackboneReference(parsed.GetRequiredValue(backbone), null), parsed.GetValue(classes), parsed.GetValue(seed));
            Console.WriteLine($"{path}: {manifest.DisplayName}");
            return 0;
        });
        return command;
    }
}
