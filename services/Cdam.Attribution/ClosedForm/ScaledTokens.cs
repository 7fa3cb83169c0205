using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// Samples that scale one set of tokens, T_si = c_si D_i + β: all samples share the products with D, so fifty steps of a path cost
/// one product each instead of fifty.
/// </summary>
/// <param name="tokens">D, n × d.</param>
/// <param name="scale">c, S × n.</param>
/// <param name="offset">β, d; null means 0.</param>
internal sealed class ScaledTokens(Tensor tokens, Tensor scale, Tensor? offset) : ITokens
{
    private readonly Tensor _scale = scale.unsqueeze(1);                     // S × 1 × n

    public Tensor ClassToken
    {
        get
        {
            var scaled = scale.slice(1, 0, 1, 1) * tokens.slice(0, 0, 1, 1); // S × d
            return offset is null ? scaled : scaled.Plus(offset);
        }
    }

    public Tensor Project(Tensor vectors)
    {
        var products = vectors.matmul(tokens.t()) * _scale;                  // S × K × n
        return offset is null ? products : products.AddInPlace(vectors.matmul(offset).unsqueeze(-1));
    }

    public Tensor Pool(Tensor weights)
    {
        var pooled = (weights * _scale).matmul(tokens);                      // S × K × d
        return offset is null ? pooled : pooled.Plus(weights.sum(-1, keepdim: true) * offset);
    }
}
