using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Cdam.Explainer.Concepts;
using Cdam.Explainer.Devices;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Reads targets.</summary>
internal sealed class TargetReader(ConceptFinder concepts)
{
    private const int Most = 64;

    /// <summary>
    /// The targets. Where none is given: the top output; every output of biomarkers, whose values are of different units, so that none is
    /// the top; every concept that came with a model without head.
    /// </summary>
    /// <exception cref="AttributionException">A target breaks a rule.</exception>
    /// <exception cref="UnsupportedTargetException">The model has no outputs.</exception>
    /// <exception cref="ConceptNotFoundException">A target names a concept that is nowhere; see <see cref="ConceptFinder"/> for others.</exception>
    public async ValueTask<IReadOnlyList<Target>> ReadAsync(
        IReadOnlyList<V1.Target> targets, IReadOnlyList<MethodRequest> methods, TensorWishes tensors, ServedModel model, CallLifetime call)
    {
        if (targets.Count > Most)
        {
            throw new AttributionException("targets", $"has {targets.Count} entries; at most {Most} are accepted");
        }

        if (targets.Count == 0)
        {
            return Default(methods, tensors, model.Engine);
        }

        var read = new List<Target>(targets.Count);
        foreach (var target in targets)
        {
            var field = $"targets[{read.Count}]";
            read.Add(target.KindCase == V1.Target.KindOneofCase.ConceptId
                ? await concepts.FindAsync(target.ConceptId, model, $"{field}.concept_id", call)
                : Read(target, model.Engine, field));
        }

        return read;
    }

    private static IReadOnlyList<Target> Default(IReadOnlyList<MethodRequest> methods, TensorWishes tensors, ExplainableModel model)
    {
        if (model.Outputs.Count > 0)
        {
            return model.Manifest.Kind == ModelKind.Biomarker ? [new AllTarget()] : [new TopTarget(1)];
        }

        if (model.Concepts.All.Count > 0)
        {
            return [.. model.Concepts.All.Select(concept => concept.Target)];
        }

        // What does not depend on the target can be had without one.
        return !tensors.Gradients && !methods.Any(method => MethodCatalog.Describe(method.Name).ClassDiscriminative)
            ? []
            : throw new UnsupportedTargetException("targets is empty, which means the top output, but this model has no head; its targets are concepts");
    }

    private static Target Read(V1.Target target, ExplainableModel model, string field) => target.KindCase switch
    {
        V1.Target.KindOneofCase.Index => new OutputTarget(target.Index),
        V1.Target.KindOneofCase.Output => new OutputTarget(Find(target.Output, model, field)),
        V1.Target.KindOneofCase.Top => new TopTarget(target.Top),
        V1.Target.KindOneofCase.All when target.All => new AllTarget(),
        V1.Target.KindOneofCase.All => throw new AttributionException($"{field}.all", "is false; must be true, or another kind be set"),
        V1.Target.KindOneofCase.Concept => ConceptReader.Read(target.Concept, model, $"{field}.concept"),
        _ => throw new AttributionException($"{field}.kind", "is not set; must be index, output, top, all, concept or concept_id"),
    };

    private static int Find(string name, ExplainableModel model, string field)
    {
        if (model.Outputs.Count == 0)
        {
            throw new UnsupportedTargetException($"{field} asks for an output, but this model has no head; its targets are concepts");
        }

        TextRules.RequireLength(name, TextRules.LongestId, $"{field}.output");
        try
        {
            return model.Outputs.Find(name);
        }
        catch (AttributionException fault)
        {
            throw new AttributionException($"{field}.output", fault.Description);
        }
    }
}
