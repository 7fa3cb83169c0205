using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Reads methods and their parameters.</summary>
internal static class MethodReader
{
    private const int Most = 16;

    /// <summary>The methods; <c>cdam</c> where none is given.</summary>
    /// <exception cref="AttributionException">There are too many, or a parameter breaks a rule.</exception>
    public static IReadOnlyList<MethodRequest> Read(IReadOnlyList<V1.MethodSpec> methods, ExplainableModel model)
    {
        if (methods.Count > Most)
        {
            throw new AttributionException("methods", $"has {methods.Count} entries; at most {Most} are accepted");
        }

        return methods.Count == 0 ? [new MethodRequest("cdam")] : [.. methods.Select((method, index) => Read(method, model, $"methods[{index}]"))];
    }

    private static MethodRequest Read(V1.MethodSpec method, ExplainableModel model, string field)
    {
        var request = new MethodRequest(method.Name)
        {
            SampleCount = method.HasSampleCount ? method.SampleCount : null,
            NoiseLevel = method.HasNoiseLevel ? method.NoiseLevel : null,
            Space = Space(method.TokenSpace, $"{field}.token_space"),
            Seed = method.HasSeed ? method.Seed : null,
            Noise = method.Noise is null ? null : Noise(method.Noise, model, $"{field}.noise"),
        };
        try
        {
            MethodCatalog.Complete(request);
            return request;
        }
        catch (AttributionException fault)
        {
            throw new AttributionException($"{field}.{fault.Field}", fault.Description);
        }
    }

    private static TokenSpace? Space(V1.TokenSpace space, string field) => space switch
    {
        V1.TokenSpace.Unspecified => null,
        V1.TokenSpace.BlockInput => TokenSpace.BlockInput,
        V1.TokenSpace.AttentionInput => TokenSpace.AttentionInput,
        _ => throw new AttributionException(field, $"is {(int)space}; must be TOKEN_SPACE_BLOCK_INPUT or _ATTENTION_INPUT"),
    };

    /// <summary>The number of tokens is known once the image is, and checked then.</summary>
    private static float[] Noise(V1.Tensor noise, ExplainableModel model, string field) =>
        noise.Shape.Count == 3 && noise.Shape[2] == model.Backbone.Dim
            ? TensorReader.ReadFloat32(noise, field)
            : throw new AttributionException($"{field}.shape", $"is {TensorReader.Show(noise)}; must be [samples, tokens, {model.Backbone.Dim}]");
}
