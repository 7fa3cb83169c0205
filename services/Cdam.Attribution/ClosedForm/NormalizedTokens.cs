using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// LayerNorm of the given tokens, T_i = (Y_i − μ_i) ρ_i ⊙ γ + β, without writing it out: γ and β go into the vectors, μ and ρ
/// into the products.
/// </summary>
/// <param name="tokens">Y, S × n × d.</param>
/// <param name="mean">μ, S × n.</param>
/// <param name="reciprocalDeviation">ρ = 1 / √(variance + ε), S × n.</param>
/// <param name="weight">γ, d.</param>
/// <param name="bias">β, d.</param>
internal sealed class NormalizedTokens(Tensor tokens, Tensor mean, Tensor reciprocalDeviation, Tensor weight, Tensor bias) : ITokens
{
    private readonly Tensor _mean = mean.unsqueeze(1);                       // S × 1 × n
    private readonly Tensor _reciprocal = reciprocalDeviation.unsqueeze(1);  // S × 1 × n

    public Tensor ClassToken =>
        ((tokens.select(1, 0) - mean.slice(1, 0, 1, 1)) * reciprocalDeviation.slice(1, 0, 1, 1) * weight).Plus(bias);

    public Tensor Project(Tensor vectors)
    {
        var weighted = vectors * weight;                                     // S × K × d
        var products = weighted.matmul(tokens.transpose(1, 2));              // S × K × n
        return products.sub_(weighted.sum(-1, keepdim: true) * _mean).mul_(_reciprocal)
            .AddInPlace(vectors.matmul(bias).unsqueeze(-1));
    }

    public Tensor Pool(Tensor weights)
    {
        var scaled = weights * _reciprocal;                                  // S × K × n
        return ((scaled.matmul(tokens) - (scaled * _mean).sum(-1, keepdim: true)) * weight).Plus(weights.sum(-1, keepdim: true) * bias);
    }
}
