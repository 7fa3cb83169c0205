using Cdam.Attribution.Backbones;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.Networks;

/// <summary>
/// A Vision Transformer that gradients go through, for training: all tokens come out, branches can be dropped (stochastic depth, Huang
/// et al. 2016), attention is fused. Weights are float32; the products run in the type that is asked for.
/// </summary>
internal sealed class TrainableBackbone
{
    private readonly StateNames _names;
    private readonly ScalarType _type;

    /// <param name="config">The architecture; inputs must have its own size.</param>
    /// <param name="state">Tensors by the names that <see cref="BackboneState.Describe"/> gives, float32. Not owned.</param>
    /// <param name="type">What products run in: float32, or bfloat16 where the processor has it.</param>
    public TrainableBackbone(BackboneConfig config, IReadOnlyDictionary<string, Tensor> state, ScalarType type)
    {
        (Config, State, _type) = (config, state, type);
        _names = new StateNames(config.Naming);
    }

    /// <summary>The architecture.</summary>
    public BackboneConfig Config { get; }

    /// <summary>The weights, by name; those that require gradients are trained.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Tokens after the last LayerNorm.</summary>
    /// <param name="input">B × 3 × H × W, normalised, float32.</param>
    /// <param name="drop">What is dropped while training; null drops nothing.</param>
    /// <param name="kept">Tokens to go on with, by position, int64; null means all (PatchDropout, Liu et al. 2022).</param>
    /// <returns>B × n × d, float32, [CLS] first.</returns>
    public Tensor Tokens(Tensor input, Dropping? drop = null, Tensor? kept = null)
    {
        var state = State.ToDictionary(entry => entry.Key, entry => entry.Value.to(_type));
        var x = Embed(state, input.to(_type));
        x = kept is null ? x : x.index_select(1, kept);
        for (var index = 0; index < Config.Depth; index++)
        {
            var weights = new BlockWeights(state, _names.Block(index));
            x = x + Branch(Attend(weights, x, drop), weights.Scale1, index, drop);
            x = x + Branch(Transform(weights, x, drop), weights.Scale2, index, drop);
        }

        return layer_norm(x.to(ScalarType.Float32), [Config.Dim], State[_names.NormWeight], State[_names.NormBias], Config.Epsilon);
    }

    private Tensor Embed(Dictionary<string, Tensor> state, Tensor input)
    {
        var patches = conv2d(input, state[_names.PatchWeight], state[_names.PatchBias], strides: [Config.Patch, Config.Patch])
            .flatten(2).transpose(1, 2);                                                                        // B × patches × d
        var tokens = cat([state[_names.ClassToken].expand(input.shape[0], -1, -1), patches], 1) + state[_names.Positions];
        return Config.Registers == 0
            ? tokens
            : cat([tokens.narrow(1, 0, 1), state[StateNames.Registers].expand(input.shape[0], -1, -1), tokens.narrow(1, 1, tokens.shape[1] - 1)], 1);
    }

    private Tensor Attend(BlockWeights weights, Tensor x, Dropping? drop)
    {
        var tokens = layer_norm(x, [Config.Dim], weights.Norm1Weight, weights.Norm1Bias, Config.Epsilon);
        var (batch, count, width) = (x.shape[0], x.shape[1], Config.Dim / Config.Heads);
        var qkv = linear(tokens, weights.QkvWeight, weights.QkvBias).view(batch, count, 3, Config.Heads, width).permute(2, 0, 3, 1, 4);
        var mixed = scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape(batch, count, Config.Dim);
        return Drop(linear(mixed, weights.ProjectionWeight, weights.ProjectionBias), drop);
    }

    private Tensor Transform(BlockWeights weights, Tensor x, Dropping? drop)
    {
        var tokens = layer_norm(x, [Config.Dim], weights.Norm2Weight, weights.Norm2Bias, Config.Epsilon);
        var hidden = Drop(gelu(linear(tokens, weights.Mlp1Weight, weights.Mlp1Bias)), drop);
        return Drop(linear(hidden, weights.Mlp2Weight, weights.Mlp2Bias), drop);
    }

    private static Tensor Drop(Tensor values, Dropping? drop) =>
        drop is { Values: > 0 } ? dropout(values, drop.Values, training: true) : values;

    /// <summary>A branch is left out for whole samples, deeper ones more often; what stays is scaled up, so that the mean stays.</summary>
    private Tensor Branch(Tensor branch, Tensor? scale, int block, Dropping? drop)
    {
        branch = scale is null ? branch : branch * scale;
        var rate = (drop?.Branches ?? 0) * block / Math.Max(1, Config.Depth - 1);
        if (rate == 0)
        {
            return branch;
        }

        var kept = rand([branch.shape[0], 1, 1], device: branch.device).ge(rate).to(branch.dtype);
        return branch * kept / (1 - rate);
    }
}
