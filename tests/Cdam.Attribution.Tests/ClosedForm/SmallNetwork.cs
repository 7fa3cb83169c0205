using Cdam.Attribution.Autograd;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Tests.Backbones;
using TorchSharp;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>
/// A small random backbone after a forward pass of random images, beside its differentiable twin. All tensors that a test makes
/// while this lives on its thread die with it.
/// </summary>
internal sealed class SmallNetwork : IDisposable
{
    /// <summary>More than any test needs at once.</summary>
    public const long AmpleBytes = 1 << 24;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly AutogradNetwork _oracle;

    public SmallNetwork(BackboneConfig config, int rows = 3, int columns = 5, int images = 1, ulong seed = 1)
    {
        Backbone = RandomBackbone.Create(config, seed);
        _oracle = new AutogradNetwork(Backbone);
        Input = RandomTensor.Normal(seed + 1000, images, 3, (long)rows * config.Patch, (long)columns * config.Patch);
        (BlockInput, Trace) = Backbone.Record(Input);
        AttentionInput = Block.Norm1(BlockInput);
        Attention = Block.Attend(Tokens);
        ClassToken = Block.Finish(Attention, BlockInput.select(1, 0));
        Grid = Backbone.Grid((int)Input.shape[2], (int)Input.shape[3]);
    }

    public VisionTransformer Backbone { get; }

    public FinalBlock Block => Backbone.Final;

    public Tensor Input { get; }            // B × 3 × H × W

    public Tensor BlockInput { get; }       // X, B × n × d

    public NetworkTrace Trace { get; }

    public Tensor AttentionInput { get; }   // T, B × n × d

    public ITokens Tokens => new DenseTokens(AttentionInput);

    public ClassAttention Attention { get; }

    public ClassTokenState ClassToken { get; }

    public TokenGrid Grid { get; }

    /// <summary>The formulas for all images at once: S = B.</summary>
    public TokenScores Scores(TargetFunctions targets) => new TargetScorer(Block, targets).For(Tokens, Attention, ClassToken);

    /// <summary>What a method sees of one image.</summary>
    public ImageState Image(int index, TargetFunctions targets, long sampleBytes = AmpleBytes) => new()
    {
        Backbone = Backbone,
        Input = Input.narrow(0, index, 1),
        BlockInput = BlockInput.narrow(0, index, 1),
        AttentionInput = AttentionInput.narrow(0, index, 1),
        Attention = Attention.Sample(index),
        Trace = Trace.Sample(index),
        ClassToken = ClassToken.Sample(index),
        Targets = targets,
        Grid = Grid,
        SampleBytes = sampleBytes,
        IsCancelled = () => false,
    };

    /// <summary>The plain network.</summary>
    public AutogradNetwork Plain => _oracle;

    /// <summary>l by the plain network.</summary>
    public Tensor PlainLatent(Tensor blockInput, Tensor attentionInput) => _oracle.Latent(blockInput, attentionInput);

    /// <summary>∂f/∂T of each target by automatic differentiation, S × C × n × d.</summary>
    public Tensor PlainGradients(TargetSet targets, Tensor blockInput, Tensor attentionInput)
    {
        var leaf = attentionInput.detach().requires_grad_(true);
        return stack([.. targets.Each.Select(target => _oracle.TokenGradient(target, blockInput, leaf).detach())], 1);
    }

    /// <summary>Σ_j T_ij ∂f/∂T_ij by automatic differentiation, S × C × n.</summary>
    public Tensor PlainScores(TargetSet targets, Tensor blockInput, Tensor attentionInput) =>
        AutogradNetwork.Scores(attentionInput.unsqueeze(1), PlainGradients(targets, blockInput, attentionInput));

    public Tensor PlainScores(TargetSet targets) => PlainScores(targets, BlockInput, AttentionInput);

    /// <summary>
    /// ∂f/∂input as published code has it: automatic differentiation of the whole plain network, one sample and one target at a time.
    /// S × C × 3 × H × W.
    /// </summary>
    public Tensor PlainInputGradients(TargetSet targets, Tensor input) => stack([.. Enumerable.Range(0, (int)input.shape[0]).Select(sample =>
        stack([.. targets.Each.Select(target =>
        {
            var leaf = input.narrow(0, sample, 1).detach().requires_grad_(true);
            var x = _oracle.BlockInput(leaf);
            return autograd.grad([target.Values(_oracle.Latent(x, _oracle.AttentionInput(x))).sum()], [leaf])[0][0];
        })]))]);

    /// <summary>f of each target by the plain network, S × C.</summary>
    public Tensor PlainValues(TargetSet targets, Tensor input)
    {
        using var noGradient = no_grad();
        var x = _oracle.BlockInput(input);
        return targets.All.Values(_oracle.Latent(x, _oracle.AttentionInput(x)));
    }

    public void Dispose()
    {
        Backbone.Dispose();
        _scope.Dispose();
    }
}
