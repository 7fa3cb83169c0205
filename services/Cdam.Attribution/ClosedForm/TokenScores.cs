using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// S_i = Σ_j T_ij ∂f/∂T_ij (Eq. 2 of the paper) without differentiating the block: with a_hi = v_h · T_i and ā_h = Σ_i A_hi a_hi,
/// <code>S_i = Σ_h A_hi [a_hi + (a_hi − ā_h) e_hi]</code>
/// for every token but [CLS], whose token also makes the query. Shapes as in <see cref="FinalBlock"/>.
/// </summary>
/// <param name="block">The final block.</param>
/// <param name="tokens">T</param>
/// <param name="attention">The attention over T.</param>
/// <param name="headGradient">p, S × C × d, see <see cref="FinalBlock.HeadGradient"/>.</param>
internal sealed class TokenScores(FinalBlock block, ITokens tokens, ClassAttention attention, Tensor headGradient)
{
    private (Tensor Relevance, Tensor Mean)? _relevance;

    /// <summary>Scores without the query's part at [CLS], which maps of patches do not need.</summary>
    /// <returns>S × C × n</returns>
    public Tensor Scores() => ManyTargets ? ScoresByValues() : ScoresByTarget();

    /// <summary>The scores split by head: ρ_hi A_hi = A_hi [a_hi + (a_hi − ā_h) e_hi].</summary>
    /// <returns>S × C × H × n; their sum over H is <see cref="Scores"/>.</returns>
    public Tensor HeadScores()
    {
        var (relevance, mean) = Relevance();
        return (Content * (relevance - mean)).Plus(Weights * relevance);
    }

    /// <summary>The scores of all tokens, [CLS] with the query's part.</summary>
    /// <returns>S × C × n</returns>
    public Tensor AllScores()
    {
        var viaQuery = (QueryGradient() * tokens.ClassToken.unsqueeze(1)).sum(-1, keepdim: true);    // S × C × 1
        var scores = Scores();
        return cat([scores.slice(2, 0, 1, 1).Plus(viaQuery), scores.slice(2, 1, scores.shape[2], 1)], 2);
    }

    /// <summary>∂f/∂T_i = Σ_h A_hi [v_h + (a_hi − ā_h) u_h], with the query's part at [CLS].</summary>
    /// <returns>S × C × n × d</returns>
    public Tensor Gradients()
    {
        var (relevance, mean) = Relevance();
        var centered = Weights * (relevance - mean);                                        // S × C × H × n
        var byValue = Weights.transpose(2, 3).matmul(block.FoldValues(headGradient));       // S × C × n × d
        var byScore = centered.transpose(2, 3).matmul(attention.Keys.unsqueeze(1));         // S × C × n × d
        var gradients = byValue.AddInPlace(byScore);
        gradients.select(2, 0).AddInPlace(QueryGradient());
        return gradients;
    }

    /// <summary>The mean of <see cref="Gradients"/> over the tokens from a position on, which must not be [CLS]'s, without making them.</summary>
    /// <param name="first">The first token's position, at least 1.</param>
    /// <returns>S × C × d</returns>
    public Tensor MeanGradient(int first)
    {
        var (relevance, mean) = Relevance();
        var count = relevance.shape[3] - first;
        var byValue = Weights.narrow(3, first, count).sum(3, keepdim: true) * block.FoldValues(headGradient);          // S × C × H × d
        var byScore = (Weights * (relevance - mean)).narrow(3, first, count).sum(3, keepdim: true) * attention.Keys.unsqueeze(1);
        return byValue.AddInPlace(byScore).sum(2).DivideInPlace(count);
    }

    /// <summary>A, S × 1 × H × n.</summary>
    private Tensor Weights => attention.Weights.unsqueeze(1);

    /// <summary>A ⊙ e, S × 1 × H × n.</summary>
    private Tensor Content => (attention.Weights * attention.Content).unsqueeze(1);

    /// <summary>
    /// Folding v for C targets costs C·H·n·d, projecting the values of all tokens costs n·d² once and C·n·d then.
    /// </summary>
    private bool ManyTargets => headGradient.shape[1] * (block.Heads - 1) > block.Dim;

    /// <summary>a, S × C × H × n, and ā, S × C × H × 1.</summary>
    private (Tensor Relevance, Tensor Mean) Relevance()
    {
        if (_relevance is null)
        {
            var (samples, targets) = (headGradient.shape[0], headGradient.shape[1]);
            var folded = block.FoldValues(headGradient).view(samples, targets * block.Heads, block.Dim);
            _relevance = (tokens.Project(folded).view(samples, targets, block.Heads, -1), MeanRelevance().unsqueeze(-1));
        }

        return _relevance.Value;
    }

    /// <summary>ā_h = p_h · W_V,h z_h, S × C × H.</summary>
    private Tensor MeanRelevance() =>
        (headGradient.view(headGradient.shape[0], headGradient.shape[1], block.Heads, -1) * attention.Values.unsqueeze(1)).sum(-1);

    private Tensor ScoresByTarget()
    {
        var (relevance, mean) = Relevance();
        var factor = attention.Content.Plus(1).mul_(attention.Weights).unsqueeze(1);          // A (1 + e), S × 1 × H × n
        return (relevance * factor).sum(2).sub_(mean.transpose(2, 3).matmul(Content).squeeze(2));
    }

    /// <summary>S_c = Σ_k p_ck N_k with N = A (1 + e) ⊙ W_V T − A e ⊙ W_V z: one product for all targets.</summary>
    private Tensor ScoresByValues()
    {
        var samples = headGradient.shape[0];
        var factor = attention.Content.Plus(1).mul_(attention.Weights).unsqueeze(2);          // S × H × 1 × n
        var values = block.ProjectValues(tokens).view(samples, block.Heads, block.Dim / block.Heads, -1); // S × H × k × n
        var weighted = values.mul_(factor)
            .sub_(attention.Values.unsqueeze(-1) * (attention.Weights * attention.Content).unsqueeze(2));
        return headGradient.matmul(weighted.view(samples, block.Dim, -1));
    }

    private Tensor QueryGradient()
    {
        var (relevance, mean) = Relevance();
        var (samples, targets) = (headGradient.shape[0], headGradient.shape[1]);
        var centered = (Weights * (relevance - mean)).view(samples, targets * block.Heads, -1);
        return block.QueryGradient(tokens.Pool(centered).view(samples, targets, block.Heads, block.Dim));
    }
}
