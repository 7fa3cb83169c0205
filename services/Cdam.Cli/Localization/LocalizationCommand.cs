using System.CommandLine;
using Cdam.Scenes;
using Cdam.Training.Lidc;

namespace Cdam.Cli.Localization;

/// <summary><c>cdam localization</c>: whether maps lie where the cause of the answer is known to be.</summary>
internal static class LocalizationCommand
{
    public static Command Create() => new("localization", "Measures whether maps lie where the cause of the answer is known to be.") { Scenes(), Nodules() };

    private static Command Scenes()
    {
        var options = new LocalizationOptions(model: "scenes");
        var seed = new Option<ulong>("--seed") { Description = "Of the scenes.", DefaultValueFactory = _ => 0 };
        var side = new Option<int>("--side") { Description = "Of the scenes, in pixels: whole patches of the model.", DefaultValueFactory = _ => 112 };
        var command = new Command("scenes", "Two-object scenes: the share of positive mass on a class's own object rather than on the other.") { seed, side };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => options.Run(parsed, async (client, model, methods) =>
        {
            var measured = new SceneLocalization(client, model, methods);
            var scenes = new SceneGenerator(parsed.GetValue(side), parsed.GetValue(seed)).Stream(SceneSet.TwoObjects);
            foreach (var scene in scenes.Take(parsed.GetValue(options.Count)))
            {
                await measured.Add(scene, wishes: null, cancellation);
            }

            return measured.Rows;
        }, cancellation));
        return command;
    }

    private static Command Nodules()
    {
        var options = new LocalizationOptions(model: "nodule-biomarkers");
        var data = new Option<string>("--data") { Description = "A data set that `cdam lidc import` wrote.", Required = true };
        var fold = new Option<int?>("--fold") { Description = "Only the nodules of this fold: the one that the model has not seen." };
        var command = new Command("nodules", "Lung nodules: the share of positive mass within the region that each finding is judged by.") { data, fold };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => options.Run(parsed, async (client, model, methods) =>
        {
            var measured = new NoduleLocalization(client, model, methods);
            var dataset = NoduleDataset.Open(parsed.GetRequiredValue(data));
            var wanted = parsed.GetValue(fold);
            foreach (var nodule in dataset.Nodules.Where(nodule => wanted is null || nodule.Fold == wanted).Take(parsed.GetValue(options.Count)))
            {
                await measured.Add(dataset.ReadCrop(nodule), dataset.ReadMask(nodule), wishes: null, cancellation);
            }

            return measured.Rows;
        }, cancellation));
        return command;
    }
}
