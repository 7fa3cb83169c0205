using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>
/// The derivative of a whole block by hand, for C functions of all n tokens at once, without derivatives of the weights. Computes in
/// float32 whatever the block itself computes in: gradients of attention fall below what 16 bits can tell.
/// </summary>
/// <param name="weights">The block's.</param>
/// <param name="config">The architecture.</param>
/// <param name="tileBytes">That a tile of the attention may take, see <see cref="AttentionTiles"/>.</param>
internal sealed class BlockBackward(BlockWeights weights, BackboneConfig config, long tileBytes)
{
    /// <summary>Shows A ⊙ ∂f/∂A of every head and function, and carries the gradient to the block's input.</summary>
    /// <param name="trace">One image's forward pass.</param>
    /// <param name="gradient">At the block's output, n × C × d.</param>
    /// <param name="visit">See <see cref="AttentionBackward"/>.</param>
    /// <returns>At its input, n × C × d.</returns>
    public Tensor Backward(BlockTrace trace, Tensor gradient, Action<AttentionTile> visit)
    {
        using var scope = NewDisposeScope();
        var attended = BackwardMlp(trace, gradient);
        var qkv = Attention(trace, attended, visit).Backward();              // n × C × 3d
        var normed = qkv.matmul(Float(weights.QkvWeight));
        return attended.AddInPlace(BackwardNorm(trace.Input, normed, weights.Norm1Weight, weights.Norm1Bias)).MoveToOuterDisposeScope();
    }

    /// <summary>Shows A ⊙ ∂f/∂A only: all that is wanted of the first block.</summary>
    public void Visit(BlockTrace trace, Tensor gradient, Action<AttentionTile> visit)
    {
        using var scope = NewDisposeScope();
        Attention(trace, BackwardMlp(trace, gradient), visit).Visit();
    }

    private Tensor BackwardMlp(BlockTrace trace, Tensor gradient)
    {
        var hidden = Scale(gradient, weights.Scale2).matmul(Float(weights.Mlp2Weight))              // n × C × m
            .mul_(GeluDerivative.At(trace.Hidden).unsqueeze(1));
        var normed = hidden.matmul(Float(weights.Mlp1Weight));
        return BackwardNorm(trace.Attended, normed, weights.Norm2Weight, weights.Norm2Bias).AddInPlace(gradient);
    }

    private AttentionBackward Attention(BlockTrace trace, Tensor attended, Action<AttentionTile> visit) =>
        new(trace.Qkv, config.Heads, Scale(attended, weights.Scale1).matmul(Float(weights.ProjectionWeight)), tileBytes, visit);

    private Tensor BackwardNorm(Tensor x, Tensor gradient, Tensor weight, Tensor bias) =>
        LayerNormRow.Of(x, Float(weight), Float(bias), config.Epsilon).Backward(gradient, Float(weight));

    private static Tensor Scale(Tensor gradient, Tensor? scale) => scale is null ? gradient : gradient * Float(scale);

    private static Tensor Float(Tensor weight) => weight.to_type(ScalarType.Float32);
}
