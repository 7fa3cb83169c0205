using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>B images after their common forward pass.</summary>
/// <param name="Input">B × 3 × H × W, normalised, in the backbone's type.</param>
/// <param name="BlockInput">X, B × n × d, float32.</param>
/// <param name="AttentionInput">T = norm1(X), B × n × d.</param>
/// <param name="Attention">The [CLS] attention over T.</param>
/// <param name="ClassToken">[CLS] after it.</param>
internal sealed record BatchState(Tensor Input, Tensor BlockInput, Tensor AttentionInput, ClassAttention Attention, ClassTokenState ClassToken)
{
    /// <summary>Of the blocks before the final one, where a method needs it.</summary>
    public NetworkTrace? Trace { get; init; }

    /// <summary>The way from the input to T, if it was to be kept.</summary>
    public InputGraph? Graph { get; init; }
}
