using Cdam.Attribution.ClosedForm;

namespace Cdam.Attribution.Methods;

/// <summary>
/// The final block's [CLS] attention, mean over heads of softmax(q_cls · k_i / √k) (Eq. 1). Shows where the model looks, whatever
/// the target. Free: the prediction needs it.
/// </summary>
internal sealed class AttentionMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "attention",
        Aliases = ["attention-map"],
        DisplayName = "Attention map",
        Summary = "Mean over heads of the final block's [CLS] attention, softmax(q_cls · k_i / √d_k).",
        Reference = "Brocki, Binda, Chung 2023 (arXiv 2312.02364), Eq. 1; Caron et al. 2021 (arXiv 2104.14294)",
        Cost = "Nothing beside the forward pass.",
        DefinitionVersion = "1",
        Signed = false,
        ClassDiscriminative = false,
    };

    public MethodRequest Defaults { get; } = new("attention");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var patches = image.Patches(image.Attention.Weights);       // 1 × H × P
        return new MapTensors(patches.mean([1]), heads ? patches : null);
    }
}
