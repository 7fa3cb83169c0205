using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.Autograd;

/// <summary>
/// Partial LRP as its published code does it: the rules on the whole final block, for all tokens, each of them by automatic
/// differentiation of its layer.
/// </summary>
internal sealed class AutogradPartialLrp(VisionTransformer backbone)
{
    private readonly BackboneConfig _config = backbone.Config;
    private readonly BlockWeights _weights = new(backbone.State, new StateNames(backbone.Config.Naming).Block(backbone.Config.Depth - 1));

    /// <summary>½ of the relevance that reaches the final attention, clamped at 0, mean over heads.</summary>
    /// <param name="x">X, n × d.</param>
    /// <param name="tokens">T, n × d.</param>
    /// <param name="latentRelevance">Of the latent, d.</param>
    /// <returns>The row of [CLS], n.</returns>
    public Tensor ClassRow(Tensor x, Tensor tokens, Tensor latentRelevance)
    {
        var (attention, values) = Attention(tokens);                                        // H × n × n, H × n × k
        var mixed = Mixed(attention, values);                                               // n × d
        var branch = Scale(linear(mixed, _weights.ProjectionWeight, _weights.ProjectionBias), _weights.Scale1);
        var attended = x.Plus(branch);
        var normed = layer_norm(attended, [_config.Dim], _weights.Norm2Weight, _weights.Norm2Bias, _config.Epsilon);
        var hidden = gelu(linear(normed, _weights.Mlp1Weight, _weights.Mlp1Bias));
        var mlp = Scale(linear(hidden, _weights.Mlp2Weight, _weights.Mlp2Bias), _weights.Scale2);

        var relevance = zeros_like(x);
        relevance[0].copy_(latentRelevance);
        var (ofAttended, ofMlp) = (Simple(sum => sum.Plus(mlp), attended, relevance), Simple(attended.Plus, mlp, relevance));
        ofAttended = ofAttended.Plus(Linear(_weights.Mlp1Weight, normed, Linear(_weights.Mlp2Weight, hidden, ofMlp)));
        var ofMixed = Linear(_weights.ProjectionWeight, mixed, Simple(x.Plus, branch, ofAttended));
        var ofAttention = Simple(weights => Mixed(weights, values), attention, ofMixed).Over(2);
        return ofAttention.ClampMin(0).mean([0])[0];
    }

    /// <summary>With α = 1: weights and inputs that are both positive, then both negative, each on their own.</summary>
    public static Tensor Linear(Tensor weight, Tensor input, Tensor relevance) =>
        Simple(x => linear(x, weight.ClampMin(0)), input.ClampMin(0), relevance)
        .Plus(Simple(x => linear(x, weight.ClampMax(0)), input.ClampMax(0), relevance));

    /// <summary>x ⊙ Jᵀ (R / Z), Z the layer's output.</summary>
    private static Tensor Simple(Func<Tensor, Tensor> layer, Tensor input, Tensor relevance)
    {
        using var gradients = enable_grad();
        var leaf = input.detach().requires_grad_(true);
        var output = layer(leaf);
        var values = output.detach();
        var ratio = relevance / values.Plus(1e-9) * values.IsZero().logical_not().to_type(ScalarType.Float32);
        return (input * autograd.grad([output], [leaf], [ratio])[0]).detach();
    }

    private (Tensor Weights, Tensor Values) Attention(Tensor tokens)
    {
        var width = _config.Dim / _config.Heads;
        var qkv = linear(tokens, _weights.QkvWeight, _weights.QkvBias).view(-1, 3, _config.Heads, width).permute(1, 2, 0, 3);
        return (qkv[0].matmul(qkv[1].transpose(-2, -1)).Times(1 / Math.Sqrt(width)).softmax(-1), qkv[2]);
    }

    private Tensor Mixed(Tensor attention, Tensor values) => attention.matmul(values).transpose(0, 1).reshape(-1, _config.Dim);

    private static Tensor Scale(Tensor branch, Tensor? scale) => scale is null ? branch : branch * scale;
}
