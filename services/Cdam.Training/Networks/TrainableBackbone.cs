using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.Networks;

/// <summary>
/// A Vision Transformer that gradients go through, for training: all tokens come out, branches can be dropped (stochastic depth, Huang
/// et al. 2016), attention is fused. Weights and the
/// residual stream are float32; the products of blocks run in the type that is asked for, as automatic mixed precision has it.
/// </summary>
internal sealed class TrainableBackbone
{
    private readonly StateNames _names;
    private readonly ScalarType _type;

    /// <param name="config">The architecture.</param>
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
    /// <param name="input">B × 3 × H × W, normalised, float32; whole patches.</param>
    /// <param name="drop">What is dropped while training; null drops nothing.</param>
    /// <returns>B × n × d, float32, [CLS] first.</returns>
    public Tensor Tokens(Tensor input, Dropping? drop = null)
    {
        var x = Embed(input);
        for (var index = 0; index < Config.Depth; index++)
        {
            var weights = new BlockWeights(State, _names.Block(index));
            x = x.Plus(Branch(Attend(weights, x, drop), weights.Scale1, index, drop));
            x = x.Plus(Branch(Transform(weights, x, drop), weights.Scale2, index, drop));
        }

        return Norm(x, State[_names.NormWeight], State[_names.NormBias]);
    }

    private Tensor Embed(Tensor input)
    {
        var patches = conv2d(input, State[_names.PatchWeight], State[_names.PatchBias], strides: [Config.Patch, Config.Patch]);
        var positions = Positions(patches.shape[2], patches.shape[3]);
        var tokens = cat([State[_names.ClassToken].expand(input.shape[0], -1, -1), patches.flatten(2).transpose(1, 2)], 1).Plus(positions);
        return Config.Registers == 0
            ? tokens
            : cat([tokens.narrow(1, 0, 1), State[StateNames.Registers].expand(input.shape[0], -1, -1), tokens.narrow(1, 1, tokens.shape[1] - 1)], 1);
    }

    /// <summary>The positions for a grid, resized differentiably where it is not their own, so that training may begin on small pictures.</summary>
    private Tensor Positions(long rows, long columns)
    {
        var (positions, side) = (State[_names.Positions], Config.Image / Config.Patch);
        if (rows == side && columns == side)
        {
            return positions;
        }

        var grid = positions.narrow(1, 1, side * side).view(1, side, side, Config.Dim).permute(0, 3, 1, 2);
        var resized = interpolate(grid, [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false).flatten(2).transpose(1, 2);
        return cat([positions.narrow(1, 0, 1), resized], 1);
    }

    private Tensor Attend(BlockWeights weights, Tensor x, Dropping? drop)
    {
        var tokens = Norm(x, weights.Norm1Weight, weights.Norm1Bias).to(_type);
        var (batch, count, width) = (x.shape[0], x.shape[1], Config.Dim / Config.Heads);
        var qkv = Product(tokens, weights.QkvWeight, weights.QkvBias).view(batch, count, 3, Config.Heads, width).permute(2, 0, 3, 1, 4);
        var mixed = scaled_dot_product_attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape(batch, count, Config.Dim);
        return Drop(Product(mixed, weights.ProjectionWeight, weights.ProjectionBias), drop).to(ScalarType.Float32);
    }

    private Tensor Transform(BlockWeights weights, Tensor x, Dropping? drop)
    {
        var tokens = Norm(x, weights.Norm2Weight, weights.Norm2Bias).to(_type);
        var hidden = Drop(gelu(Product(tokens, weights.Mlp1Weight, weights.Mlp1Bias)), drop);
        return Drop(Product(hidden, weights.Mlp2Weight, weights.Mlp2Bias), drop).to(ScalarType.Float32);
    }

    private Tensor Product(Tensor x, Tensor weight, Tensor bias) => linear(x, weight.to(_type), bias.to(_type));

    private Tensor Norm(Tensor x, Tensor weight, Tensor bias) => layer_norm(x, [Config.Dim], weight, bias, Config.Epsilon);

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

        var kept = rand([branch.shape[0], 1, 1], device: branch.device).IsAtLeast(rate).to(branch.dtype);
        return (branch * kept).Over(1 - rate);
    }
}
