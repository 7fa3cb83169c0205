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
        var norm2 = LayerNormRow.Of(residual, _norm2Weight, _norm2Bias, _epsilon);
        var hidden = linear(norm2.Output, _mlp1Weight, _mlp1Bias);                          // S × m
        var branch = linear(gelu(hidden), _mlp2Weight, _mlp2Bias);                          // S × d
        var sum = residual + (_scale2 is null ? branch : branch * _scale2);
        return new ClassTokenState(norm2, hidden, LayerNormRow.Of(sum, _lastWeight, _lastBias, _epsilon));
    }

    /// <summary>g = ∂f/∂r from ∂f/∂l.</summary>
    /// <param name="state">The forward pass.</param>
    /// <param name="latentGradient">∂f/∂l for C functions, S × C × d (S may be 1: the same in all samples).</param>
    /// <returns>S × C × d</returns>
    public Tensor Backward(ClassTokenState state, Tensor latentGradient)
    {
        var sum = state.LastNorm.Backward(latentGradient, _lastWeight);                     // S × C × d
        var branch = _scale2 is null ? sum : sum * _scale2;
        var hidden = branch.matmul(_mlp2Weight).mul_(GeluDerivative(state.Hidden).unsqueeze(1)); // S × C × m
        return state.Norm2.Backward(hidden.matmul(_mlp1Weight), _norm2Weight).add_(sum);
    }

    /// <summary>Φ(x) + x φ(x), the derivative of the exact GELU.</summary>
    private static Tensor GeluDerivative(Tensor x)
    {
        var cumulative = (x * Math.Sqrt(0.5)).erf_().add_(1).mul_(0.5);
        var density = (x.square() * -0.5).exp_().mul_(1 / Math.Sqrt(2 * Math.PI));
        return cumulative.add_(density.mul_(x));
    }
}
