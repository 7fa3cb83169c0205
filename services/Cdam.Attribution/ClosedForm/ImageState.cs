using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>One image after the forward pass, with what its methods share. S = 1.</summary>
internal sealed record ImageState
{
    /// <summary>The whole network, for methods that go further back than the final block.</summary>
    public required VisionTransformer Backbone { get; init; }

    /// <summary>What went in: 1 × 3 × H × W, normalised, in the backbone's type.</summary>
    public required Tensor Input { get; init; }

    /// <summary>The way from the input to the tokens below, where the forward pass kept it.</summary>
    public InputGraph? Graph { get; init; }

    /// <summary>The final block.</summary>
    public FinalBlock Block => Backbone.Final;

    /// <summary>X, 1 × n × d, float32.</summary>
    public required Tensor BlockInput { get; init; }

    /// <summary>T = norm1(X), 1 × n × d.</summary>
    public required Tensor AttentionInput { get; init; }

    /// <summary>The [CLS] attention over T.</summary>
    public required ClassAttention Attention { get; init; }

    /// <summary>[CLS] after it.</summary>
    public required ClassTokenState ClassToken { get; init; }

    /// <summary>What is explained.</summary>
    public required TargetFunctions Targets { get; init; }

    /// <summary>How tokens lie over the picture.</summary>
    public required TokenGrid Grid { get; init; }

    /// <summary>Bytes that samples, of tokens or of activations, may take at a time.</summary>
    public required long SampleBytes { get; init; }

    /// <summary>The forward pass of the blocks before the final one; there for methods that say they need it.</summary>
    public NetworkTrace? Trace { get; init; }

    /// <summary>Whether the answer is not wanted any more.</summary>
    public required Func<bool> IsCancelled { get; init; }

    /// <summary>T as the closed form sees it.</summary>
    public ITokens Tokens => new DenseTokens(AttentionInput);

    /// <summary>Scores for the targets.</summary>
    public TargetScorer Scorer => new(Block, Targets);

    /// <summary>For methods that run for long, between their steps.</summary>
    /// <exception cref="OperationCanceledException">The answer is not wanted any more.</exception>
    public void ThrowIfCancelled()
    {
        if (IsCancelled())
        {
            throw new OperationCanceledException();
        }
    }

    /// <summary>Leaves the patches of scores whose last dimension are all tokens.</summary>
    public Tensor Patches(Tensor scores) => scores.narrow(-1, Grid.Prefix, Grid.Patches);
}
