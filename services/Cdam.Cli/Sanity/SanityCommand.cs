using System.CommandLine;
using Cdam.Cli.Models;
using Cdam.Cli.Training;

namespace Cdam.Cli.Sanity;

/// <summary><c>cdam sanity</c>: whether maps depend on what the model has learned (Adebayo et al. 2018).</summary>
internal static class SanityCommand
{
    private const int MostImages = 1000;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "A model's id, or a model folder.", Required = true };
        var images = new Option<string>("--images")
        {
            Description = "A folder of JPEG, PNG, WebP, BMP or TIFF files; for a lung CT model also a data set that `cdam lidc import` wrote; "
                + "or scenes: generated ones with an object each.",
            Required = true,
        };
        var methods = new Option<string>("--method") { Description = "Methods, separated by commas, or all.", DefaultValueFactory = _ => SanityMethods.All };
        var target = new Option<string?>("--target")
        {
            Description = "What the unaltered model's maps explain, and all others then, too: an output's name or index, top:K, all, or concept:ID. "
                + "Default: top:1; all of a biomarker model; every concept that came with a model without head.",
        };
        var limit = new Option<int>("--limit") { Description = $"How many images at most, 1 to {MostImages}.", DefaultValueFactory = _ => 100 };
        var seed = new Option<ulong>("--seed") { Description = "Of the re-drawn weights.", DefaultValueFactory = _ => 0 };
        var independent = new Option<bool>("--independent") { Description = "Also re-draws each stage alone, the others as they were learned." };
        var labels = new Option<string?>("--random-labels") { Description = "Also compares with this model, of the same architecture, trained on permuted labels." };
        var models = ModelLocations.Option();
        var output = new Option<string>("--out") { Description = "Folder for JSON, CSV and plots.", DefaultValueFactory = _ => Path.Combine("out", "sanity") };
        var json = new Option<bool>("--json") { Description = "Prints the JSON report instead of tables." };
        var command = new Command("sanity", "Re-draws a model's weights from the head downward and reports how far its maps follow.")
        {
            model, images, methods, target, limit, seed, independent, labels, models, output, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(limit);
            if (wanted is < 1 or > MostImages)
            {
                throw new ArgumentException($"--limit is {wanted}; must be 1 to {MostImages}");
            }

            var locations = new ModelLocations(parsed.GetValue(models));
            var arguments = new SanityArguments(
                locations.Find(parsed.GetRequiredValue(model)), parsed.GetRequiredValue(images), parsed.GetRequiredValue(methods), parsed.GetValue(target),
                wanted, parsed.GetValue(seed), parsed.GetValue(independent), parsed.GetValue(labels) is { } other ? locations.Find(other) : null);
            return TrainingDisplay.Run(
                progress => SanityRun.Run(arguments, progress, cancellation),
                report => SanityOutput.Write(report, parsed.GetRequiredValue(output), parsed.GetValue(json)),
                stopped: "nothing was written");
        });
        return command;
    }
}
