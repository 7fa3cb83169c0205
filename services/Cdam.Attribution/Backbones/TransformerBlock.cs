using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.Backbones;

/// <summary>A pre-norm transformer block: x + γ1 Attention(norm1(x)), then + γ2 MLP(norm2(·)).</summary>
internal sealed class TransformerBlock(BlockWeights weights, BackboneConfig config)
{
    private readonly long[] _normShape = [config.Dim];

    /// <summary>The whole block, for all tokens. Differentiable with respect to x where gradients are enabled.</summary>
    /// <param name="x">B × n × d</param>
    /// <returns>B × n × d</returns>
    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return Run(x).Output.MoveToOuterDisposeScope();
    }

    /// <summary>The same, keeping what its derivative needs.</summary>
    /// <param name="x">B × n × d; part of the trace.</param>
    public (Tensor Output, BlockTrace Trace) Record(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (output, trace) = Run(x);
        foreach (var tensor in (Tensor[])[output, trace.Qkv, trace.Attended, trace.Hidden])
        {
            tensor.MoveToOuterDisposeScope();
        }

        return (output, trace);
    }

    private (Tensor Output, BlockTrace Trace) Run(Tensor x)
    {
        var qkv = linear(Norm(x, weights.Norm1Weight, weights.Norm1Bias), weights.QkvWeight, weights.QkvBias);  // B × n × 3d
        var attended = x.Plus(Scale(Attention(qkv), weights.Scale1));
        var normed = Norm(attended, weights.Norm2Weight, weights.Norm2Bias);
        var hidden = linear(normed, weights.Mlp1Weight, weights.Mlp1Bias);                      // B × n × m

        // In place on the branch, whose values no derivative needs; norm2's needs those of the other summand.
        var output = Scale(linear(gelu(hidden), weights.Mlp2Weight, weights.Mlp2Bias), weights.Scale2).AddInPlace(attended);
        return (output, new BlockTrace(x, qkv, attended, hidden));
    }

    private Tensor Attention(Tensor qkv)
    {
        var (batch, count) = (qkv.shape[0], qkv.shape[1]);
        var parts = qkv.view(batch, count, 3, config.Heads, config.Dim / config.Heads).permute(2, 0, 3, 1, 4); // 3 × B × H × n × d/H
        var mixed = scaled_dot_product_attention(parts[0], parts[1], parts[2]);                 // B × H × n × d/H
        return linear(mixed.transpose(1, 2).reshape(batch, count, config.Dim), weights.ProjectionWeight, weights.ProjectionBias);
    }

    private Tensor Norm(Tensor x, Tensor weight, Tensor bias) => layer_norm(x, _normShape, weight, bias, config.Epsilon);

    private static Tensor Scale(Tensor branch, Tensor? scale) => scale is null ? branch : branch.mul_(scale);
}
