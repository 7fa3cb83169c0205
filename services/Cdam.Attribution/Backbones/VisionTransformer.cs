using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backpropagation;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.Backbones;

/// <summary>
/// A Vision Transformer in two parts: everything before the final block (<see cref="BlockInput"/>), which every answer needs for
/// all tokens, and the final block, of which only [CLS] is read and which <see cref="Final"/> computes in closed form.
/// </summary>
internal sealed class VisionTransformer : IDisposable
{
    private readonly Tensor _patchWeight;    // d × 3 × P × P
    private readonly Tensor _patchBias;      // d
    private readonly Tensor _classToken;     // 1 × 1 × d
    private readonly Tensor? _registers;     // 1 × R × d
    private readonly PositionEmbedding _positions;
    private readonly BlockWeights[] _weights;
    private readonly TransformerBlock[] _blocks;
    private readonly Tensor _normWeight;     // d
    private readonly Tensor _normBias;       // d
    private readonly BaselineLatents _baselines = new();

    /// <param name="config">The architecture.</param>
    /// <param name="state">
    /// Tensors by the names that <see cref="BackboneState.Describe"/> gives, of one type and device. Owned from now on.
    /// </param>
    public VisionTransformer(BackboneConfig config, IReadOnlyDictionary<string, Tensor> state)
    {
        var names = new StateNames(config.Naming);
        Config = config;
        State = state;
        _patchWeight = state[names.PatchWeight];
        _patchBias = state[names.PatchBias];
        _classToken = state[names.ClassToken];
        _registers = config.Registers > 0 ? state[StateNames.Registers] : null;
        _positions = new PositionEmbedding(state[names.Positions], config);
        _weights = [.. Enumerable.Range(0, config.Depth).Select(i => new BlockWeights(state, names.Block(i)))];
        _blocks = [.. _weights.Select(block => new TransformerBlock(block, config))];
        (_normWeight, _normBias) = (state[names.NormWeight], state[names.NormBias]);
        Final = new FinalBlock(config, _weights[^1], _normWeight, _normBias);
    }

    /// <summary>The architecture.</summary>
    public BackboneConfig Config { get; }

    /// <summary>The weights, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>What went through it.</summary>
    public PassCounts Passes { get; } = new();

    /// <summary>The final block, the last LayerNorm, and their derivatives, for [CLS] alone.</summary>
    public FinalBlock Final { get; }

    /// <summary>How tokens lie over an input of this size, which must be whole patches.</summary>
    public TokenGrid Grid(int height, int width) => new(height / Config.Patch, width / Config.Patch, Config.Patch, Config.PrefixTokens);

    /// <summary>[CLS], registers and patches with their positions, B × n × d.</summary>
    public Tensor Embed(Tensor input)
    {
        var (batch, rows, columns) = (input.shape[0], (int)input.shape[2] / Config.Patch, (int)input.shape[3] / Config.Patch);
        var patches = conv2d(input, _patchWeight, _patchBias, strides: [Config.Patch, Config.Patch])   // B × d × rows × columns
            .flatten(2).transpose(1, 2);                                                              // B × rows·columns × d
        var tokens = cat([_classToken.expand(batch, -1, -1), patches], 1).AddInPlace(_positions.For(rows, columns));
        return _registers is null
            ? tokens
            : cat([tokens.slice(1, 0, 1, 1), _registers.expand(batch, -1, -1), tokens.slice(1, 1, tokens.shape[1], 1)], 1);
    }

    /// <summary>X, the tokens entering the final block. Differentiable with respect to the input where gradients are enabled.</summary>
    /// <param name="input">B × 3 × H × W, normalised, of the weights' type.</param>
    /// <returns>B × n × d</returns>
    public Tensor BlockInput(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Encode(Embed(input)).MoveToOuterDisposeScope();
    }

    /// <summary>X from embedded tokens, of which some may be left out.</summary>
    /// <param name="tokens">B × n × d as <see cref="Embed"/> gives them; disposed on the way, or returned where there is one block only.</param>
    /// <returns>B × n × d</returns>
    public Tensor Encode(Tensor tokens)
    {
        Passes.AddForward(tokens.shape[0]);
        var x = tokens;
        for (var i = 0; i < _blocks.Length - 1; i++)
        {
            x = Replace(x, _blocks[i].Forward(x));
        }

        return x;
    }

    /// <summary>X with what the derivative of the blocks on the way needs.</summary>
    /// <param name="input">B × 3 × H × W, normalised, of the weights' type.</param>
    /// <returns>X, B × n × d, and the trace, all of them in the caller's dispose scope.</returns>
    public (Tensor BlockInput, NetworkTrace Trace) Record(Tensor input)
    {
        Passes.AddForward(input.shape[0]);
        var x = Embed(input);
        var traces = new List<BlockTrace>();
        foreach (var block in _blocks.SkipLast(1))
        {
            (x, var trace) = block.Record(x);
            traces.Add(trace);
        }

        return (x, new NetworkTrace(traces));
    }

    /// <summary>The derivative of a block before the final one.</summary>
    /// <param name="block">Its position.</param>
    /// <param name="tileBytes">That the matrices of its attention may take at a time.</param>
    public BlockBackward Backward(int block, long tileBytes) => new(_weights[block], Config, tileBytes);

    /// <summary>The latent of the zero input of a size, 1 × d; computed once, and this object's.</summary>
    /// <param name="input">Of that size, in the weights' type.</param>
    public Tensor BaselineLatent(Tensor input) => _baselines.For(this, input);

    /// <summary>The standard forward pass: every block in full for all tokens. The yardstick for time and for <see cref="Final"/>.</summary>
    /// <param name="input">B × 3 × H × W, normalised, of the weights' type.</param>
    /// <returns>Latents: the final [CLS] after the last LayerNorm, B × d.</returns>
    public Tensor Forward(Tensor input)
    {
        Passes.AddForward(input.shape[0]);
        using var scope = NewDisposeScope();
        var x = Embed(input);
        foreach (var block in _blocks)
        {
            x = Replace(x, block.Forward(x));
        }

        return layer_norm(x, [Config.Dim], _normWeight, _normBias, Config.Epsilon).select(1, 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Final.Dispose();
        _baselines.Dispose();
        _positions.Dispose();
        foreach (var tensor in State.Values)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Frees the tokens before a block as soon as those after it are there: activations of one block are held, not of twelve.</summary>
    private static Tensor Replace(Tensor before, Tensor after)
    {
        before.Dispose();
        return after;
    }
}
