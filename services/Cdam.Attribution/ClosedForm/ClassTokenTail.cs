using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// What follows the final attention, for [CLS] alone: l = LastNorm(r + γ2 ⊙ MLP(norm2(r))), and by hand the gradient of any
/// function of l with respect to r. One token: cheap.
/// </summary>
internal sealed class ClassTokenTail
{
    private readonly double _epsilon;
    private readonly Tensor _norm2Weight, _norm2Bias;        // d
    private readonly Tensor _mlp1Weight, _mlp1Bias;          // m × d, m
    private readonly Tensor _mlp2Weight, _mlp2Bias;          // d × m, d
    private readonly Tensor? _scale2;                        // d
    private readonly Tensor _lastWeight, _lastBias;          // d

    public ClassTokenTail(double epsilon, BlockWeights weights, Tensor lastWeight, Tensor lastBias, OwnedTensors owned)
    {
        _epsilon = epsilon;
        (_norm2Weight, _norm2Bias) = (owned.KeepFloat(weights.Norm2Weight), owned.KeepFloat(weights.Norm2Bias));
        (_mlp1Weight, _mlp1Bias) = (owned.KeepFloat(weights.Mlp1Weight), owned.KeepFloat(weights.Mlp1Bias));
        (_mlp2Weight, _mlp2Bias) = (owned.KeepFloat(weights.Mlp2Weight), owned.KeepFloat(weights.Mlp2Bias));
        _scale2 = weights.Scale2 is null ? null : owned.KeepFloat(weights.Scale2);
        (_lastWeight, _lastBias) = (owned.KeepFloat(lastWeight), owned.KeepFloat(lastBias));
    }

    /// <param name="residual">r, S × d.</param>
    public ClassTokenState Forward(Tensor residual)
    {
        var (norm2, hidden, branch) = Mlp(residual);
        return new ClassTokenState(norm2, hidden, LayerNormRow.Of(residual.Plus(branch), _lastWeight, _lastBias, _epsilon));
    }

    /// <summary>
    /// Relevance of r from that of the latent by <see cref="RelevanceRules"/>; LayerNorm, GELU and LayerScale pass it on as it is.
    /// </summary>
    /// <param name="residual">r, 1 × d.</param>
    /// <param name="latentRelevance">C × d</param>
    /// <returns>C × d</returns>
    public Tensor Relevance(Tensor residual, Tensor latentRelevance)
    {
        var (norm2, hidden, branch) = Mlp(residual);
        var ratio = RelevanceRules.Divide(latentRelevance, residual.Plus(branch));
        var ofHidden = RelevanceRules.Linear(_mlp2Weight, gelu(hidden), ratio * branch);    // C × m
        return (ratio * residual).AddInPlace(RelevanceRules.Linear(_mlp1Weight, norm2.Output, ofHidden));
    }

    /// <summary>g = ∂f/∂r from ∂f/∂l.</summary>
    /// <param name="state">The forward pass.</param>
    /// <param name="latentGradient">∂f/∂l for C functions, S × C × d (S may be 1: the same in all samples).</param>
    /// <returns>S × C × d</returns>
    public Tensor Backward(ClassTokenState state, Tensor latentGradient)
    {
        var sum = state.LastNorm.Backward(latentGradient, _lastWeight);                     // S × C × d
        var branch = _scale2 is null ? sum : sum * _scale2;
        var hidden = branch.matmul(_mlp2Weight).mul_(GeluDerivative.At(state.Hidden).unsqueeze(1)); // S × C × m
        return state.Norm2.Backward(hidden.matmul(_mlp1Weight), _norm2Weight).AddInPlace(sum);
    }

    private (LayerNormRow Norm2, Tensor Hidden, Tensor Branch) Mlp(Tensor residual)
    {
        var norm2 = LayerNormRow.Of(residual, _norm2Weight, _norm2Bias, _epsilon);
        var hidden = linear(norm2.Output, _mlp1Weight, _mlp1Bias);                          // S × m
        var branch = linear(gelu(hidden), _mlp2Weight, _mlp2Bias);                          // S × d
        return (norm2, hidden, _scale2 is null ? branch : branch * _scale2);
    }
}
