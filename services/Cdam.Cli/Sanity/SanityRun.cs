using Cdam.Attribution.Models;
using Cdam.Attribution.Randomisation;
using Cdam.Training.Fitting;

namespace Cdam.Cli.Sanity;

/// <summary>Explains images by a model and by its altered copies, one copy at a time.</summary>
internal static class SanityRun
{
    /// <exception cref="ArgumentException">An argument breaks a rule.</exception>
    public static SanityReport Run(SanityArguments arguments, IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var methods = SanityMethods.Parse(arguments.Methods);
        using var model = ExplainableModel.Load(arguments.Model);
        using var labels = arguments.RandomLabels is { } folder ? LoadAlike(folder, model) : null;
        var comparison = new SanityComparison(model, methods, SanityTargets.Parse(arguments.Target, model));
        var randomisation = new WeightRandomisation(model, arguments.Seed);
        var images = SanityImages.Read(arguments.Images, model, arguments.Limit);
        var series = (arguments.Independent ? 2 : 1) * randomisation.Stages.Count + (labels is null ? 0 : 1);
        var steps = new SanityProgress(progress, (1L + series) * images.Count, cancellation);
        foreach (var image in images)
        {
            comparison.Add(image);
            steps.Step("unaltered");
        }

        return new SanityReport
        {
            Model = model.Manifest.Id,
            Checkpoints = [.. model.Manifest.Files.Select(file => file.Sha256)],
            RandomWeights = model.Manifest.RandomWeights,
            Seed = arguments.Seed,
            Stages = [.. randomisation.Stages.Select(stage => stage.Name)],
            Methods = [.. methods.Select(method => new SanityMethod(method.Name, method.DefinitionVersion))],
            Images = comparison.Explained,
            Rows = [.. Altered(randomisation, arguments.Independent, labels).SelectMany(altered => comparison.With(altered.Model, () => steps.Step(altered.Stage))
                .Select(found => SanityRow.Of(altered.Series, altered.Stage, found.Method, found.Images)))],
        };
    }

    private static IEnumerable<(string Series, string Stage, ExplainableModel Model)> Altered(
        WeightRandomisation randomisation, bool independent, ExplainableModel? labels)
    {
        foreach (var cascading in randomisation.Cascading())
        {
            yield return (SanitySeries.Cascading, cascading.Stage.Name, cascading.Model);
        }

        foreach (var alone in independent ? randomisation.Independent() : [])
        {
            yield return (SanitySeries.Independent, alone.Stage.Name, alone.Model);
        }

        if (labels is not null)
        {
            yield return (SanitySeries.RandomLabels, labels.Manifest.Id, labels);
        }
    }

    /// <summary>Maps can be compared only where tokens and outputs are the same.</summary>
    private static ExplainableModel LoadAlike(string folder, ExplainableModel model)
    {
        var other = ExplainableModel.Load(folder);
        var differs = other.Backbone != model.Backbone ? "backbone"
            : other.Manifest.Head != model.Manifest.Head ? "head"
            : other.Outputs.Count != model.Outputs.Count ? "number of outputs"
            : null;
        if (differs is null)
        {
            return other;
        }

        other.Dispose();
        throw new ArgumentException($"--random-labels is \"{folder}\"; its {differs} is not that of {model.Manifest.Id}: it must have the same architecture");
    }
}
