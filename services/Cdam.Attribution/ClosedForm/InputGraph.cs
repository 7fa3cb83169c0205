using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>A forward pass that remembers the way from the input to T, so that gradients can go back. Fused attention keeps no n × n matrix.</summary>
/// <param name="Input">The leaf, S × 3 × H × W, in the backbone's type.</param>
/// <param name="BlockInput">X, S × n × d, float32.</param>
/// <param name="ClassToken">X_cls, S × d.</param>
/// <param name="AttentionInput">T = norm1(X), S × n × d.</param>
internal sealed record InputGraph(Tensor Input, Tensor BlockInput, Tensor ClassToken, Tensor AttentionInput)
{
    /// <summary>Runs the blocks before the final one; weights take no part in the graph.</summary>
    public static InputGraph Of(VisionTransformer backbone, Tensor input)
    {
        var leaf = input.detach().requires_grad_(true);
        using var gradients = enable_grad();
        var x = backbone.BlockInput(leaf).to_type(ScalarType.Float32);
        return new InputGraph(leaf, x, x.select(1, 0), backbone.Final.Norm1(x));
    }
}
