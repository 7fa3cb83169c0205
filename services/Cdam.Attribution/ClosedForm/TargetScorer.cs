using Cdam.Attribution.Heads;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>Scores of all tokens for all of an image's targets.</summary>
internal sealed class TargetScorer(FinalBlock block, TargetFunctions targets)
{
    /// <summary>
    /// Scores without the query's part at [CLS]. Beyond d targets the d coordinates of the latent are explained instead, and each
    /// target's scores are their combination by ∂f/∂l: scores are linear in it.
    /// </summary>
    /// <returns>S × C × n</returns>
    public Tensor Scores(ITokens tokens, ClassAttention attention, ClassTokenState state)
    {
        var gradients = targets.Gradients(state.Latent);                                    // S × C × d
        if (targets.Count <= block.Dim)
        {
            return For(tokens, attention, state, gradients).Scores();
        }

        var coordinates = eye(block.Dim, device: gradients.device).unsqueeze(0);            // 1 × d × d
        return gradients.matmul(For(tokens, attention, state, coordinates).Scores());
    }

    /// <summary>The formulas for all targets.</summary>
    public TokenScores For(ITokens tokens, ClassAttention attention, ClassTokenState state) =>
        For(tokens, attention, state, targets.Gradients(state.Latent));

    /// <summary>The formulas for one target.</summary>
    public TokenScores For(ITokens tokens, ClassAttention attention, ClassTokenState state, int target) =>
        For(tokens, attention, state, targets.Gradients(state.Latent).narrow(1, target, 1));

    /// <summary>What a gradient of one target that goes on to earlier blocks starts from: ∂f/∂T, and ∂f/∂X_cls along the residual path alone.</summary>
    /// <returns>S × n × d and S × d.</returns>
    public (Tensor Tokens, Tensor Residual) Gradients(ITokens tokens, ClassAttention attention, ClassTokenState state, int target)
    {
        var residual = block.Tail.Backward(state, targets.Gradients(state.Latent).narrow(1, target, 1));    // S × 1 × d
        var scores = new TokenScores(block, tokens, attention, block.HeadGradient(residual));
        return (scores.Gradients().squeeze(1), residual.squeeze(1));
    }

    private TokenScores For(ITokens tokens, ClassAttention attention, ClassTokenState state, Tensor latentGradients) =>
        new(block, tokens, attention, block.HeadGradient(block.Tail.Backward(state, latentGradients)));
}
