using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static Cdam.Attribution.Arithmetic.TensorArithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Token ablation: what the target loses with each patch token,
/// <code>S_i = f(x) − f(x without token i)</code>
/// where the token is taken out after the embedding, so that the others keep their positions. C × patches, in units of f, signed. One
/// forward pass of n − 1 tokens for each patch, in batches within the memory budget, for all targets together: the slow yardstick.
/// </summary>
internal sealed class TokenAblationMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "token-ablation",
        Aliases = ["token_ablation", "ablation", "leave-one-out"],
        DisplayName = "Token ablation",
        Summary = "f(x) − f(x without patch token i).",
        Reference = "Brocki, Binda, Chung 2023 (arXiv 2312.02364), Section 3.4; Zeiler, Fergus 2014 (arXiv 1311.2901) for occlusion",
        Departures = "The token is left out, not blurred or greyed.",
        Cost = "A forward pass for each patch, whatever the number of targets.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
    };

    public MethodRequest Defaults { get; } = new("token-ablation");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads) => new(Losses(image, 0, image.Grid.Patches));

    /// <summary>The losses of some patches, C × count.</summary>
    public static Tensor Losses(ImageState image, int first, int count)
    {
        using var scope = NewDisposeScope();
        var embedded = image.Backbone.Embed(image.Input);                                   // 1 × n × d
        var values = new List<Tensor>();
        var size = Math.Max(1, (int)Math.Min(image.SampleBytes / BytesOf(image), count));
        for (var from = first; from < first + count; from += size)
        {
            image.ThrowIfCancelled();
            values.Add(Without(image, embedded, from, Math.Min(size, first + count - from)));
        }

        return (image.Targets.Values(image.ClassToken.Latent) - cat(values)).t().MoveToOuterDisposeScope();
    }

    /// <summary>f without one patch each, B × C.</summary>
    private static Tensor Without(ImageState image, Tensor embedded, int from, int count)
    {
        using var scope = NewDisposeScope();
        var others = Range(0, image.Grid.Tokens - 1, ScalarType.Int64, embedded.device).expand(count, -1);
        var gone = Range(from, from + count, ScalarType.Int64, embedded.device).AddInPlace(image.Grid.Prefix).unsqueeze(1);
        var kept = others.Plus(others.ge(gone).to_type(ScalarType.Int64));                      // B × (n − 1)
        var tokens = embedded[0].index_select(0, kept.flatten()).view(count, image.Grid.Tokens - 1, -1);
        var x = image.Backbone.Encode(tokens).to_type(ScalarType.Float32);
        var attention = image.Block.Attend(new DenseTokens(image.Block.Norm1(x)));
        return image.Targets.Values(image.Block.Finish(attention, x.select(1, 0)).Latent).MoveToOuterDisposeScope();
    }

    /// <summary>What a block holds at its height: six tensors as wide as the tokens beside queries, keys, values and hidden layers.</summary>
    private static long BytesOf(ImageState image) =>
        image.Input.element_size() * image.Grid.Tokens * (9L * image.Block.Dim + 2L * image.Backbone.Config.Mlp);
}
