using Cdam.Attribution.Explanations;
using Cdam.Explainer.Explaining;
using Cdam.Explainer.Models;
using Cdam.Explainer.Wire;
using Cdam.V1.Targets;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>Checks a request of the Open Inference Protocol, and brings it to plans as explain requests have them.</summary>
internal sealed class InferencePlanReader(ExplainPlanReader plans)
{
    private const char Separator = ';';
    private const string OnlyVersion = "1";

    /// <exception cref="AttributionException">A part breaks a rule.</exception>
    /// <exception cref="UnsupportedTargetException">The model cannot serve a target.</exception>
    public InferencePlan Read(ModelInferRequest request, ServedModel model)
    {
        TextRules.RequireLength(request.Id, TextRules.LongestId, "id");
        RequireVersion(request.ModelVersion, "model_version");
        var images = InferenceImages.Read(InferenceInput.Read(request));
        var (outputs, methods, target) = InferenceOutputs.Read(request, model.Engine);
        var explain = new V1.ExplainRequest { RequestId = request.Id, Methods = { methods }, Targets = { Targets(target) } };
        return new InferencePlan(request, [.. images.Select((image, index) => Plan(explain, image, index, model))], outputs);
    }

    /// <summary>A model has one version.</summary>
    /// <exception cref="AttributionException">Another is wanted.</exception>
    public static void RequireVersion(string version, string field)
    {
        if (version is not ("" or OnlyVersion))
        {
            throw new AttributionException(field, $"is \"{version}\"; models have one version, \"{OnlyVersion}\"");
        }
    }

    /// <summary>A fault of an image's plan, named by the parts of this protocol, not of the one that it was brought to.</summary>
    public static AttributionException Relocated(AttributionException fault, int index) => fault.Field switch
    {
        var field when field.StartsWith("image", StringComparison.Ordinal) => new(InferenceInput.Field, $"element {index} {fault.Description}"),
        var field when field.StartsWith("targets", StringComparison.Ordinal) => new("parameters.target", fault.Description),
        var field when field.StartsWith("methods", StringComparison.Ordinal) => new($"parameters.{field[(field.LastIndexOf('.') + 1)..]}", fault.Description),
        _ => fault,
    };

    private static IEnumerable<V1.Target> Targets(string? text)
    {
        try
        {
            return [.. (text ?? "").Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(TargetText.Parse)];
        }
        catch (FormatException fault)
        {
            throw new AttributionException("parameters.target", fault.Message);
        }
    }

    private ExplainPlan Plan(V1.ExplainRequest explain, V1.Image image, int index, ServedModel model)
    {
        explain = explain.Clone();
        explain.Image = image;
        try
        {
            return explain.Methods.Count == 0 ? plans.ReadPrediction(explain, model) : plans.Read(explain, model, TensorWishes.None);
        }
        catch (AttributionException fault)
        {
            throw Relocated(fault, index);
        }
    }
}
