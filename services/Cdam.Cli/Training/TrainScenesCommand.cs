using System.CommandLine;
using Cdam.Scenes;
using Cdam.Training.SceneModels;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary><c>cdam train scenes</c>: a small Vision Transformer, from scratch, on generated scenes.</summary>
internal static class TrainScenesCommand
{
    private const int MlpRatio = 4;

    public static Command Create()
    {
        var usual = new SceneTrainingOptions();
        var output = new Option<string>("--out") { Description = "The model's folder; training/ in it takes metrics and state.", Required = true };
        var device = TrainCommand.Device();
        var seed = new Option<ulong>("--seed") { Description = "Of scenes, weights and order.", DefaultValueFactory = _ => usual.Seed };
        var epochs = TrainCommand.Count("--epochs", "Most times that the scenes are gone through.", usual.Epochs);
        var scenes = TrainCommand.Count("--scenes", "Scenes to train on.", usual.TrainScenes);
        var validation = TrainCommand.Count("--validation-scenes", "Scenes to choose the best epoch by.", usual.ValidationScenes);
        var test = TrainCommand.Count("--test-scenes", "Scenes to report the accuracy on.", usual.TestScenes);
        var batch = TrainCommand.Count("--batch-size", "Scenes of a step.", usual.BatchSize);
        var rate = TrainCommand.Number("--learning-rate", "AdamW's, for all but the matrices inside blocks, at the top of the schedule.", usual.LearningRate);
        var matrixRate = TrainCommand.Number("--matrix-learning-rate", "Muon's, for those matrices, at the top of the schedule.", usual.MatrixLearningRate);
        var cutMix = TrainCommand.Number("--cut-mix", "Share of scenes that a piece of another is pasted into, 0 to 1.", usual.CutMix);
        var early = TrainCommand.Number("--early-share", "Share of the epochs that see half-size scenes, 0 to below 1.", usual.EarlyShare);
        var easing = TrainCommand.Number("--easing-share", "Share of the epochs over which silhouettes turn into scenes, above 0, at most 1.", usual.EasingShare);
        var side = TrainCommand.Count("--side", "Side of the scenes in pixels, a multiple of the patch.", usual.Backbone.Image);
        var dim = TrainCommand.Count("--dim", "Width of a token, a multiple of the heads.", usual.Backbone.Dim);
        var depth = TrainCommand.Count("--depth", "Blocks.", usual.Backbone.Depth);
        var heads = TrainCommand.Count("--heads", "Attention heads.", usual.Backbone.Heads);
        var exact = new Option<bool>("--float32") { Description = "Products in float32; absent: bfloat16, faster on most." };
        var command = new Command("scenes", "Trains a small Vision Transformer on generated scenes of sixteen shapes.")
        {
            output, device, seed, epochs, scenes, validation, test, batch, rate, matrixRate, cutMix, early, easing, side, dim, depth, heads, exact,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = usual with
            {
                Backbone = usual.Backbone with
                {
                    Image = parsed.GetValue(side),
                    Dim = parsed.GetValue(dim),
                    Depth = parsed.GetValue(depth),
                    Heads = parsed.GetValue(heads),
                    Mlp = MlpRatio * parsed.GetValue(dim),
                },
                Seed = parsed.GetValue(seed),
                Epochs = parsed.GetValue(epochs),
                TrainScenes = parsed.GetValue(scenes),
                ValidationScenes = parsed.GetValue(validation),
                TestScenes = parsed.GetValue(test),
                BatchSize = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(rate),
                MatrixLearningRate = parsed.GetValue(matrixRate),
                CutMix = parsed.GetValue(cutMix),
                EarlyShare = parsed.GetValue(early),
                EasingShare = parsed.GetValue(easing),
                HalfProducts = usual.HalfProducts && !parsed.GetValue(exact),
            };
            return Run(options, parsed.GetRequiredValue(output), parsed.GetRequiredValue(device), cancellation);
        });
        return command;
    }

    private static Task<int> Run(SceneTrainingOptions options, string output, string device, CancellationToken cancellation) =>
        TrainingDisplay.Run(
            progress => new SceneTrainer(options, output, device, progress).Run(cancellation),
            report => Print(report, output));

    private static void Print(SceneReport report, string output)
    {
        AnsiConsole.Write(ClassTable.Of("test accuracy", SceneGenerator.ClassNames, report.TestAccuracyByClass));
        AnsiConsole.WriteLine($"test accuracy {ClassTable.Share(report.TestAccuracy)}");
        AnsiConsole.WriteLine($"validation accuracy {ClassTable.Share(report.ValidationAccuracy)} at epoch {report.BestEpoch} of {report.Epochs}");
        AnsiConsole.WriteLine($"model in {Path.GetFullPath(output)}");
    }
}
