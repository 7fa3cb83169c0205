using static TorchSharp.torch;

namespace Cdam.Attribution.Backbones;

/// <summary>The tensors of one block (d = dim, m = MLP width).</summary>
internal sealed class BlockWeights(IReadOnlyDictionary<string, Tensor> state, BlockNames names)
{
    public Tensor Norm1Weight { get; } = state[names.Norm1Weight];            // d

    public Tensor Norm1Bias { get; } = state[names.Norm1Bias];                // d

    public Tensor QkvWeight { get; } = state[names.QkvWeight];                // 3d × d

    public Tensor QkvBias { get; } = state[names.QkvBias];                    // 3d

    public Tensor ProjectionWeight { get; } = state[names.ProjectionWeight];  // d × d

    public Tensor ProjectionBias { get; } = state[names.ProjectionBias];      // d

    public Tensor Norm2Weight { get; } = state[names.Norm2Weight];            // d

    public Tensor Norm2Bias { get; } = state[names.Norm2Bias];                // d

    public Tensor Mlp1Weight { get; } = state[names.Mlp1Weight];              // m × d

    public Tensor Mlp1Bias { get; } = state[names.Mlp1Bias];                  // m

    public Tensor Mlp2Weight { get; } = state[names.Mlp2Weight];              // d × m

    public Tensor Mlp2Bias { get; } = state[names.Mlp2Bias];                  // d

    public Tensor? Scale1 { get; } = state.GetValueOrDefault(names.Scale1);   // d, LayerScale of the attention branch

    public Tensor? Scale2 { get; } = state.GetValueOrDefault(names.Scale2);   // d, LayerScale of the MLP branch
}
