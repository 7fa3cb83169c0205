using Cdam.Attribution.Explanations;
using Cdam.Explainer.Devices;
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
    public async Task<InferencePlan> ReadAsync(ModelInferRequest request, ServedModel model, CallLifetime call)
    {
        TextRules.RequireLength(request.Id, TextRules.LongestId, "id");
        RequireVersion(request.ModelVersion, "model_version");
        var images = InferenceImages.Read(InferenceInput.Read(request));
        var (outputs, methods, target) = InferenceOutputs.Read(request, model.Engine);
        var explain = new V1.ExplainRequest { RequestId = request.Id, Methods = { methods }, Targets = { Targets(target) } };
        var read = new List<ExplainPlan>();
        foreach (var image in images)
        {
            read.Add(await PlanAsync(explain, image, read.Count, model, call));
        }

        return new InferencePlan(request, read, outputs);
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

    private async Task<ExplainPlan> PlanAsync(V1.ExplainRequest explain, V1.Image image, int index, ServedModel model, CallLifetime call)
    {
        explain = explain.Clone();
        explain.Image = image;
        try
        {
            return await (explain.Methods.Count == 0
                ? plans.ReadPredictionAsync(explain, model, call)
                : plans.ReadAsync(explain, model, TensorWishes.None, call));
        }
        catch (AttributionException fault)
        {
            throw Relocated(fault, index);
        }
    }
}
