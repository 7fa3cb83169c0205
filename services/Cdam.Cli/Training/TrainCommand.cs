using System.CommandLine;
using Cdam.Attribution.Models;

namespace Cdam.Cli.Training;

/// <summary><c>cdam train</c>: makes models.</summary>
internal static class TrainCommand
{
    public static Command Create() => new(
        "train",
        "Trains models. Ctrl-C stops; the same command goes on. On a processor that other programs use too, training is faster "
        + "with the environment's OMP_WAIT_POLICY set to passive.")
    {
        TrainScenesCommand.Create(),
        TrainHeadCommand.Create(),
        TrainLungCommand.Create("malignancy", "Trains a model of lung nodules' malignancy.", ModelKind.Malignancy),
        TrainLungCommand.Create("biomarkers", "Trains a model of lung nodules' eight biomarkers.", ModelKind.Biomarker),
    };

    /// <summary>The device of a training.</summary>
    public static Option<string> Device() => new("--device") { Description = "auto, cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int> Count(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            // What is no number is told of by the parser.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var given) && given < 1)
            {
                result.AddError($"{name} is {given}; must be at least 1");
            }
        });
        return option;
    }

    /// <summary>A number; what it may be is the training's to say.</summary>
    public static Option<double> Number(string name, string description, double usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}
