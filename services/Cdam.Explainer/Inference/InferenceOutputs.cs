using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using Inference;

namespace Cdam.Explainer.Inference;

/// <summary>Names of outputs, and the methods that they ask for.</summary>
internal static class InferenceOutputs
{
    public const string Logits = "logits";
    public const string Latent = "latent";
    public const string TargetIndex = "target_index";
    public const string TargetValue = "target_value";
    public const string TargetName = "target_name";
    public const string MapPrefix = "map_";

    private static readonly string[] OfMethods = ["sample_count", "noise_level", "seed", "token_space"];

    /// <summary>What a request's outputs and parameters come to.</summary>
    /// <exception cref="AttributionException">A name or parameter is unknown, or of the wrong type.</exception>
    public static (IReadOnlyList<string> Outputs, IReadOnlyList<V1.MethodSpec> Methods, string? Target) Read(ModelInferRequest request, ExplainableModel model)
    {
        var parameters = new InferenceParameters(request.Parameters, "parameters", ["method", "target", .. OfMethods]);
        var named = (parameters.Text("method") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        List<string> outputs = request.Outputs.Count > 0
            ? [.. request.Outputs.Select(output => output.Name)]
            : [.. Usual(named, model)];
        Check(outputs, model);
        var methods = named.Select(name => Own(parameters, name, "parameters.method"))
            .Concat(request.Outputs.Index().Where(entry => IsMap(entry.Item.Name)).Select(entry => Requested(entry.Item, entry.Index, parameters)))
            .GroupBy(method => method.Name)
            .Select(group => group.Last());    // an output's own parameters go before the request's
        return (outputs, [.. methods], parameters.Text("target"));
    }

    /// <summary>Whether an output is a map.</summary>
    public static bool IsMap(string output) => output.StartsWith(MapPrefix, StringComparison.Ordinal);

    private static IEnumerable<string> Usual(string[] methods, ExplainableModel model)
    {
        var answer = model.Outputs.Count > 0 ? Logits : Latent;
        return methods.Length == 0
            ? [answer]
            : [answer, .. methods.Select(name => MapPrefix + Describe(name, "parameters.method").Name).Distinct(), TargetIndex, TargetValue, TargetName];
    }

    private static void Check(List<string> outputs, ExplainableModel model)
    {
        for (var index = 0; index < outputs.Count; index++)
        {
            var name = outputs[index];
            if (outputs.IndexOf(name) < index)
            {
                throw new AttributionException($"outputs[{index}].name", $"is \"{name}\", as an output before it is");
            }

            if (name == Logits && model.Outputs.Count == 0)
            {
                throw new AttributionException($"outputs[{index}].name", "is \"logits\", but this model has no head; it has a latent");
            }

            if (!IsMap(name) && name is not (Logits or Latent or TargetIndex or TargetValue or TargetName))
            {
                throw new AttributionException($"outputs[{index}].name", $"is \"{name}\"; must be logits, latent, target_index, target_value, target_name or map_METHOD");
            }
        }
    }

    private static V1.MethodSpec Requested(ModelInferRequest.Types.InferRequestedOutputTensor output, int index, InferenceParameters request)
    {
        var field = $"outputs[{index}]";
        var method = Own(request, output.Name[MapPrefix.Length..], $"{field}.name");
        if ((MapPrefix + method.Name) != output.Name)
        {
            throw new AttributionException($"{field}.name", $"is \"{output.Name}\"; this method's output is \"{MapPrefix}{method.Name}\"");
        }

        method.MergeFrom(new InferenceParameters(output.Parameters, $"{field}.parameters", OfMethods).Method(method.Name));
        return method;
    }

    /// <summary>The request's parameters, as far as the method has them: one request may ask for several methods.</summary>
    private static V1.MethodSpec Own(InferenceParameters parameters, string name, string field)
    {
        var description = Describe(name, field);
        var (given, method) = (parameters.Method(description.Name), new V1.MethodSpec { Name = description.Name });
        foreach (var parameter in description.Parameters)
        {
            var known = V1.MethodSpec.Descriptor.FindFieldByName(parameter.Name);
            if (known.HasPresence ? known.Accessor.HasValue(given) : !Equals(known.Accessor.GetValue(given), known.Accessor.GetValue(method)))
            {
                known.Accessor.SetValue(method, known.Accessor.GetValue(given));
            }
        }

        return method;
    }

    private static MethodDescription Describe(string name, string field)
    {
        try
        {
            return MethodCatalog.Describe(name);
        }
        catch (AttributionException fault)
        {
            throw new AttributionException(field, fault.Description);
        }
    }
}
