using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Heads;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.Autograd;

/// <summary>
/// The network written down plainly, every operation out of place, so that automatic differentiation can go through it: what
/// implementations of CDAM do elsewhere. The yardstick for time and the oracle for values; nothing is served from it.
/// </summary>
internal sealed class AutogradNetwork
{
    private readonly VisionTransformer _backbone;
    private readonly BackboneConfig _config;
    private readonly BlockWeights[] _blocks;
    private readonly Tensor _normWeight, _normBias;

    public AutogradNetwork(VisionTransformer backbone)
    {
        var names = new StateNames(backbone.Config.Naming);
        (_backbone, _config) = (backbone, backbone.Config);
        _blocks = [.. Enumerable.Range(0, _config.Depth).Select(index => new BlockWeights(backbone.State, names.Block(index)))];
        (_normWeight, _normBias) = (backbone.State[names.NormWeight], backbone.State[names.NormBias]);
    }

    /// <summary>X from the input, B × n × d, differentiably.</summary>
    public Tensor BlockInput(Tensor input) => BlockInput(input, null);

    /// <summary>l from the input, all blocks in full for all tokens: B × d.</summary>
    /// <param name="input">B × 3 × H × W, normalised.</param>
    /// <param name="attentions">Gets each block's attention, B × H × n × n, as part of the graph.</param>
    public Tensor Latent(Tensor input, ICollection<Tensor> attentions)
    {
        var x = BlockInput(input, attentions);
        return Latent(x, AttentionInput(x), attentions);
    }

    /// <summary>l from embedded tokens, of which some may be left out: B × d.</summary>
    public Tensor LatentOf(Tensor tokens)
    {
        var x = Encode(tokens, null);
        return Latent(x, AttentionInput(x));
    }

    /// <summary>T = norm1(X) of the final block.</summary>
    public Tensor AttentionInput(Tensor blockInput) => Norm1(_blocks[^1], blockInput);

    /// <summary>l from X, on the residual path, and T, fed to the attention: B × d.</summary>
    public Tensor Latent(Tensor blockInput, Tensor attentionInput) => Latent(blockInput, attentionInput, null);

    private Tensor Latent(Tensor blockInput, Tensor attentionInput, ICollection<Tensor>? attentions)
    {
        var x = Block(_blocks[^1], blockInput, attentionInput, attentions);
        return layer_norm(x, [_config.Dim], _normWeight, _normBias, _config.Epsilon).select(1, 0);
    }

    /// <summary>∂f/∂T for one target, summed over the batch's samples (each depends on its own T alone).</summary>
    /// <param name="targets">One target.</param>
    /// <param name="blockInput">X, B × n × d.</param>
    /// <param name="attentionInput">T, B × n × d; a leaf or part of the graph, requiring gradients.</param>
    /// <param name="alsoTo">Carries the gradient on to here and drops it, as published code does with the image; may be null.</param>
    public Tensor TokenGradient(TargetFunctions targets, Tensor blockInput, Tensor attentionInput, Tensor? alsoTo = null)
    {
        var value = targets.Values(Latent(blockInput, attentionInput)).sum();
        var wanted = alsoTo is null ? [attentionInput] : (Tensor[])[attentionInput, alsoTo];
        return autograd.grad([value], wanted)[0];
    }

    /// <summary>S_i = Σ_j T_ij ∂f/∂T_ij, B × n.</summary>
    public static Tensor Scores(Tensor attentionInput, Tensor gradient) => (attentionInput * gradient).sum(-1);

    private Tensor BlockInput(Tensor input, ICollection<Tensor>? attentions) => Encode(_backbone.Embed(input), attentions);

    private Tensor Encode(Tensor tokens, ICollection<Tensor>? attentions) =>
        _blocks.SkipLast(1).Aggregate(tokens, (x, block) => Block(block, x, Norm1(block, x), attentions));

    private Tensor Block(BlockWeights weights, Tensor residual, Tensor attentionInput, ICollection<Tensor>? attentions)
    {
        var attended = residual.Plus(Scale(Attention(weights, attentionInput, attentions), weights.Scale1));
        var normed = layer_norm(attended, [_config.Dim], weights.Norm2Weight, weights.Norm2Bias, _config.Epsilon);
        var hidden = gelu(linear(normed, weights.Mlp1Weight, weights.Mlp1Bias));
        return attended.Plus(Scale(linear(hidden, weights.Mlp2Weight, weights.Mlp2Bias), weights.Scale2));
    }

    private Tensor Attention(BlockWeights weights, Tensor tokens, ICollection<Tensor>? attentions)
    {
        var (batch, count, width) = (tokens.shape[0], tokens.shape[1], _config.Dim / _config.Heads);
        var qkv = linear(tokens, weights.QkvWeight, weights.QkvBias).view(batch, count, 3, _config.Heads, width).permute(2, 0, 3, 1, 4);
        var scores = qkv[0].matmul(qkv[1].transpose(-2, -1)).Times(1 / Math.Sqrt(width)).softmax(-1);
        attentions?.Add(scores);
        var mixed = scores.matmul(qkv[2]).transpose(1, 2).reshape(batch, count, _config.Dim);
        return linear(mixed, weights.ProjectionWeight, weights.ProjectionBias);
    }

    private Tensor Norm1(BlockWeights weights, Tensor x) =>
        layer_norm(x, [_config.Dim], weights.Norm1Weight, weights.Norm1Bias, _config.Epsilon);

    private static Tensor Scale(Tensor branch, Tensor? scale) => scale is null ? branch : branch * scale;
}
