using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>LayerNorm of one token a sample, with what its derivative needs.</summary>
/// <param name="Output">(x − μ) ρ ⊙ γ + β, S × d.</param>
/// <param name="Normalized">x̂ = (x − μ) ρ, S × d.</param>
/// <param name="ReciprocalDeviation">ρ, S × 1.</param>
internal sealed record LayerNormRow(Tensor Output, Tensor Normalized, Tensor ReciprocalDeviation)
{
    public static LayerNormRow Of(Tensor x, Tensor weight, Tensor bias, double epsilon)
    {
        var centered = x - x.mean([-1], keepdim: true);
        var reciprocal = centered.Squared().mean([-1], keepdim: true).Plus(epsilon).rsqrt();
        var normalized = centered * reciprocal;
        return new LayerNormRow((normalized * weight).Plus(bias), normalized, reciprocal);
    }

    /// <summary>One sample of a batch, S = 1. A view.</summary>
    public LayerNormRow Sample(int index) =>
        new(Output.narrow(0, index, 1), Normalized.narrow(0, index, 1), ReciprocalDeviation.narrow(0, index, 1));

    /// <summary>Carries a gradient from the output to x.</summary>
    /// <param name="gradient">S × C × d</param>
    /// <param name="weight">γ, d.</param>
    /// <returns>S × C × d</returns>
    public Tensor Backward(Tensor gradient, Tensor weight)
    {
        var scaled = gradient * weight;
        var normalized = Normalized.unsqueeze(1);                                       // S × 1 × d
        var along = (scaled * normalized).mean([-1], keepdim: true);                    // S × C × 1
        return (scaled - scaled.mean([-1], keepdim: true) - normalized * along) * ReciprocalDeviation.unsqueeze(1);
    }
}
