using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Partial LRP: layer-wise relevance propagation with α = 1 from a relevance of 1 on the target down to the final block's attention,
/// whose part (half of what reaches the product of attention and values) is clamped at 0 and averaged over the heads,
/// <code>S_i = mean_h max(0, ½ A_hi Σ_k V_hik R_hk / o_hk)</code>
/// with R_hk the relevance of the heads' outputs o. C × patches, not negative, without unit. Only [CLS] carries relevance
/// in the final block, so every rule is applied to one row (<see cref="RelevanceRules"/>) and the values stay folded:
/// O(H n d + d m) for a target, beside the forward pass.
/// </summary>
internal sealed class PartialLrpMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "partial-lrp",
        Aliases = ["partial_lrp", "plrp"],
        DisplayName = "Partial LRP",
        Summary = "mean over heads of max(0, ½ A_hi Σ_k V_hik R_hk / o_hk), R the LRP (α = 1) relevance of the final attention's outputs o.",
        Reference = "Voita et al. 2019 (arXiv 1905.09418); rules of the baseline in Chefer, Gur, Wolf 2021 (arXiv 2012.09838)",
        Departures = "The rules are the published code's: inputs above and below 0 are normalised apart, so relevance is not conserved. LayerScale passes relevance on as LayerNorm does. A concept's similarity is taken as the linear function that touches it at the latent.",
        Cost = "About that of CDAM: a forward pass, no automatic differentiation.",
        DefinitionVersion = "1",
        Signed = false,
        ClassDiscriminative = true,
    };

    public MethodRequest Defaults { get; } = new("partial-lrp");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var latent = image.Targets.Relevance(image.ClassToken.Latent);                                              // C × d
        var relevance = image.Block.AttentionRelevance(image.Tokens, image.Attention, image.BlockInput.select(1, 0), latent);
        return new MapTensors(image.Patches(relevance.MultiplyInPlace(0.5).ClampMinInPlace(0).mean([1])));
    }
}
