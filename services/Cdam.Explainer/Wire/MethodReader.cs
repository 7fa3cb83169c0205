using Cdam.Attribution.Explanations;
using Cdam.Attribution.Methods;

namespace Cdam.Explainer.Wire;

/// <summary>Reads methods and their parameters.</summary>
internal static class MethodReader
{
    private const int Most = 16;

    /// <summary>
    /// The methods; <c>cdam</c> where none is given. Which shape noise must have is known once the image is, and checked then.
    /// </summary>
    /// <exception cref="AttributionException">There are too many, or a parameter breaks a rule.</exception>
    public static IReadOnlyList<MethodRequest> Read(IReadOnlyList<V1.MethodSpec> methods)
    {
        if (methods.Count > Most)
        {
            throw new AttributionException("methods", $"has {methods.Count} entries; at most {Most} are accepted");
        }

        return methods.Count == 0 ? [new MethodRequest("cdam")] : [.. methods.Select((method, index) => Read(method, $"methods[{index}]"))];
    }

    private static MethodRequest Read(V1.MethodSpec method, string field)
    {
        var request = new MethodRequest(method.Name)
        {
            SampleCount = method.HasSampleCount ? method.SampleCount : null,
            NoiseLevel = method.HasNoiseLevel ? method.NoiseLevel : null,
            Space = Space(method.TokenSpace, $"{field}.token_space"),
            Seed = method.HasSeed ? method.Seed : null,
            Noise = method.Noise is null ? null : TensorReader.ReadFloat32(method.Noise, $"{field}.noise"),
            NoiseShape = method.Noise?.Shape,
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
}
