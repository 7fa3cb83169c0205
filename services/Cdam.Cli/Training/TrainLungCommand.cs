using System.CommandLine;
using Cdam.Attribution.Models;
using Cdam.Training.Lidc;
using Cdam.Training.LungModels;
using Spectre.Console;

namespace Cdam.Cli.Training;

/// <summary><c>cdam train malignancy</c> and <c>cdam train biomarkers</c>: lung CT models by the published recipes.</summary>
internal static class TrainLungCommand
{
    /// <param name="name">The subcommand.</param>
    /// <param name="description">What it trains.</param>
    /// <param name="kind">Malignancy or biomarker.</param>
    public static Command Create(string name, string description, ModelKind kind)
    {
        var usual = new LungTrainingOptions { Kind = kind };
        var data = new Option<string>("--data") { Description = "A data set that `cdam lidc import` has made.", Required = true };
        var backbone = new Option<string>("--backbone") { Description = "A model folder; its own head is not used.", Required = true };
        var output = new Option<string>("--out") { Description = "The new model's folder; training/ in it takes the metrics and what is needed to go on.", Required = true };
        var recipe = new Option<LungRecipe>("--recipe") { Description = "appendix: each fold of the data set is tested on; main: one split.", DefaultValueFactory = _ => usual.Recipe };
        var id = new Option<string?>("--id") { Description = $"The model's id; absent: {usual.Id}." };
        var epochs = TrainCommand.Count("--epochs", "Most times that the nodules are gone through.", usual.Epochs);
        var patience = new Option<int?>("--patience") { Description = "Epochs without a lower validation loss after which a fold stops; absent: never." };
        var batch = TrainCommand.Count("--batch-size", "Nodules of a step.", usual.BatchSize);
        var rate = new Option<double>("--learning-rate") { Description = "Adam's, at the top of the schedule.", DefaultValueFactory = _ => usual.LearningRate };
        var trainable = TrainCommand.Count("--trainable-tensors", "The last of the network's tensors are trained, this many, the head's among them.", usual.TrainableTensors);
        var dropout = new Option<double>("--dropout") { Description = "Share of values dropped after each product; published 0 to 0.09.", DefaultValueFactory = _ => usual.Dropout };
        var hidden = new Option<int>("--hidden") { Description = "Width of the head's hidden layer; 0 for a linear head.", DefaultValueFactory = _ => usual.HiddenWidth };
        var seed = new Option<ulong>("--seed") { Description = "Of splits, the head's first weights, order and views.", DefaultValueFactory = _ => usual.Seed };
        var exact = new Option<bool>("--float32") { Description = "Products in float32 instead of bfloat16, which is faster where the processor has it." };
        var device = TrainCommand.Device();
        var command = new Command(name, description)
        {
            data, backbone, output, recipe, id, epochs, patience, batch, rate, trainable, dropout, hidden, seed, exact, device,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = usual with
            {
                Recipe = parsed.GetValue(recipe),
                Name = parsed.GetValue(id),
                Epochs = parsed.GetValue(epochs),
                Patience = parsed.GetValue(patience),
                BatchSize = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(rate),
                TrainableTensors = parsed.GetValue(trainable),
                Dropout = parsed.GetValue(dropout),
                Hidden = parsed.GetValue(hidden),
                Seed = parsed.GetValue(seed),
                HalfProducts = usual.HalfProducts && !parsed.GetValue(exact),
            };
            var folder = parsed.GetRequiredValue(output);
            return TrainingDisplay.Run(
                progress => new LungTrainer(options, folder, parsed.GetRequiredValue(device), progress)
                    .Run(NoduleDataset.Open(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(backbone), cancellation),
                report => Print(report, folder));
        });
        return command;
    }

    private static void Print(LungReport report, string folder)
    {
        AnsiConsole.Write(LungTables.Folds(report));
        AnsiConsole.Write(LungTables.Figures(report));
        AnsiConsole.WriteLine($"figures are of nodules that nothing was chosen by; {Path.Combine(folder, LungReport.FileName)} has them of each fold");
        AnsiConsole.WriteLine($"model of fold {report.WrittenFold}, the one with the lowest validation loss, in {Path.GetFullPath(folder)}");
    }
}
