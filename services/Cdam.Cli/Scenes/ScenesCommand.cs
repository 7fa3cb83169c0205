using System.CommandLine;
using System.Text.Json;
using Cdam.Cli.Training;
using Cdam.Scenes;
using Cdam.Training.SceneModels;

namespace Cdam.Cli.Scenes;

/// <summary><c>cdam scenes DIR</c>: generated scenes as files, to look at and to use elsewhere.</summary>
internal static class ScenesCommand
{
    /// <summary>As people write them: <c>two-objects</c>.</summary>
    private static readonly Dictionary<string, SceneSet> Sets =
        Enum.GetValues<SceneSet>().ToDictionary(set => JsonNamingPolicy.KebabCaseLower.ConvertName(set.ToString()));

    public static Command Create()
    {
        var usual = new SceneTrainingOptions();
        var folder = new Argument<string>("dir") { Description = "Takes the pictures; must be empty or absent." };
        var set = new Option<string>("--set") { Description = "Which set.", Required = true };
        set.AcceptOnlyFromAmong([.. Sets.Keys]);
        var pattern = new Option<TexturePattern?>("--pattern") { Description = "The first object's surface; absent: any." };
        var shape = new Option<string?>("--class") { Description = "The first object's class; absent: any." };
        shape.AcceptOnlyFromAmong([.. SceneGenerator.ClassNames]);
        var count = TrainCommand.Count("--count", "How many, from the set's first on.", 100);
        var seed = new Option<ulong>("--seed") { Description = "Of the scenes.", DefaultValueFactory = _ => usual.Seed };
        var side = TrainCommand.Count("--side", "Width and height, 32 to 1024 pixels.", usual.Backbone.Image);
        var command = new Command("scenes", "Writes generated scenes as PNG files with a mask for each object and annotations.json.")
        {
            folder, set, pattern, shape, count, seed, side,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(set);
            var wish = new SceneWish(parsed.GetValue(shape) is { } wanted ? ClassIndex(wanted) : null, parsed.GetValue(pattern));
            var files = new SceneFiles(parsed.GetRequiredValue(folder), name, Sets[name], wish, parsed.GetValue(seed), parsed.GetValue(side));
            return TrainingDisplay.Run(
                progress => files.Write(parsed.GetValue(count), progress, cancellation),
                written => Console.WriteLine($"{written} scenes in {files.Folder}"),
                "the folder has no annotations; empty it before the next run");
        });
        return command;
    }

    private static int ClassIndex(string name) => SceneGenerator.ClassNames.Index().First(entry => entry.Item == name).Index;
}
