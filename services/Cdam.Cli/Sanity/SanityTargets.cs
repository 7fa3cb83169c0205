using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Cli.Explaining;
using Wire = Cdam.V1.Target;

namespace Cdam.Cli.Sanity;

/// <summary>What a command line's target is for a model.</summary>
internal static class SanityTargets
{
    /// <param name="text">As a person writes it; null means the model's usual.</param>
    /// <param name="model">Whose outputs and concepts are meant.</param>
    /// <exception cref="AttributionException">The model has no such output or concept.</exception>
    /// <exception cref="ArgumentException">The text cannot be read, or the model has no usual target.</exception>
    public static IReadOnlyList<Target> Parse(string? text, ExplainableModel model)
    {
        if (text is null)
        {
            return Usual(model);
        }

        var target = TargetArgument.Parse(text);
        if (model.Outputs.Count == 0 && target.KindCase != Wire.KindOneofCase.ConceptId)
        {
            throw new ArgumentException($"--target is \"{text}\"; {model.Manifest.Id} has no head: it must be concept:ID");
        }

        return target.KindCase switch
        {
            Wire.KindOneofCase.All => [new AllTarget()],
            Wire.KindOneofCase.Top => [new TopTarget(target.Top)],
            Wire.KindOneofCase.ConceptId => [model.Concepts.Find(target.ConceptId).Target],
            Wire.KindOneofCase.Index => [new OutputTarget(target.Index)],
            _ => [new OutputTarget(model.Outputs.Find(target.Output))],
        };
    }

    private static IReadOnlyList<Target> Usual(ExplainableModel model)
    {
        if (model.Outputs.Count > 0)
        {
            return model.Manifest.Kind == ModelKind.Biomarker ? [new AllTarget()] : [new TopTarget(1)];
        }

        return model.Concepts.All.Count > 0
            ? [.. model.Concepts.All.Select(concept => concept.Target)]
            : throw new ArgumentException($"{model.Manifest.Id} has neither a head nor concepts; `cdam concept add` makes one for --target concept:ID");
    }
}
