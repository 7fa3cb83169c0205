using System.CommandLine;
using Cdam.Cli.Models;
using Cdam.Training.Heads;
using Cdam.Training.Heads.Images;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary><c>cdam train head</c>: a linear head on a frozen backbone, for one's own images.</summary>
internal static class TrainHeadCommand
{
    /// <summary>Files left out that are named; of more, the number.</summary>
    private const int MostNamed = 20;

    public static Command Create()
    {
        var usual = new HeadTrainingOptions();
        var images = new Option<string>("--images") { Description = "Folder of images: one folder a class.", Required = true };
        var backbone = new Option<string>("--backbone") { Description = "A model folder or a model's id; its own head is not used.", Required = true };
        var models = ModelLocations.Option();
        var output = new Option<string>("--out") { Description = "The new model's folder; its name becomes the model's id.", Required = true };
        var validation = new Option<string?>("--validation")
        {
            Description = "Images to choose the best epoch by, with the same classes; absent: a share of --images.",
        };
        var share = new Option<double>("--validation-share")
        {
            Description = "Share of each class kept back for validation.",
            DefaultValueFactory = _ => usual.ValidationShare,
        };
        var plain = new Option<bool>("--no-augmentation") { Description = "No crops and flips: one pass through the backbone for all epochs." };
        var epochs = TrainCommand.Count("--epochs", "Most times that the images are gone through; more may be asked for later.", usual.Epochs);
        var patience = TrainCommand.Count("--patience", "Epochs without a lower validation loss after which training stops.", usual.Patience);
        var batch = TrainCommand.Count("--batch-size", "Images of a step.", usual.BatchSize);
        var rate = new Option<double>("--learning-rate") { Description = "Adam's.", DefaultValueFactory = _ => usual.LearningRate };
        var seed = new Option<ulong>("--seed") { Description = "Of split, order, crops and flips.", DefaultValueFactory = _ => usual.Seed };
        var device = TrainCommand.Device();
        var command = new Command("head", "Trains a linear head for your own classes on a frozen backbone.")
        {
            images, backbone, models, output, validation, share, plain, epochs, patience, batch, rate, seed, device,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var frozen = new ModelLocations(parsed.GetValue(models)).Find(parsed.GetRequiredValue(backbone));
            var folders = new HeadTrainingFolders(
                parsed.GetRequiredValue(images), frozen, parsed.GetRequiredValue(output), parsed.GetValue(validation));
            var options = new HeadTrainingOptions
            {
                Seed = parsed.GetValue(seed),
                Epochs = parsed.GetValue(epochs),
                Patience = parsed.GetValue(patience),
                BatchSize = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(rate),
                Augment = !parsed.GetValue(plain),
                ValidationShare = parsed.GetValue(share),
            };
            return Run(folders, options, parsed.GetRequiredValue(device), cancellation);
        });
        return command;
    }

    private static Task<int> Run(HeadTrainingFolders folders, HeadTrainingOptions options, string device, CancellationToken cancellation)
    {
        var leftOut = 0;
        return TrainingDisplay.Run(
            progress => new HeadTrainer(folders, options, device, progress, Name).Run(cancellation),
            report => Print(report, folders.Output));

        void Name(LeftOutImage image)
        {
            if (++leftOut <= MostNamed)
            {
                CommandErrors.Console.MarkupLineInterpolated($"[yellow]left out[/] {image.Path}: {image.Reason}");
            }
        }
    }

    private static void Print(HeadReport report, string output)
    {
        AnsiConsole.Write(ClassTable.Of("validation accuracy", report.Classes, report.ValidationAccuracyByClass));
        var accuracy = ClassTable.Share(report.ValidationAccuracy);
        AnsiConsole.WriteLine(
            $"validation accuracy {accuracy}, loss {report.ValidationLoss:0.000}, at epoch {report.BestEpoch} of {report.Epochs}");
        AnsiConsole.WriteLine($"{report.TrainingImages} images trained on, {report.ValidationImages} validated on, {report.LeftOut} left out");
        AnsiConsole.WriteLine($"model in {Path.GetFullPath(output)}");
    }
}
