using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>[CLS] after the final attention, with what the derivative of the rest needs.</summary>
/// <param name="Norm2">norm2(r), r being [CLS] after the attention's residual.</param>
/// <param name="Hidden">The MLP's hidden layer before GELU, S × m.</param>
/// <param name="LastNorm">The last LayerNorm.</param>
internal sealed record ClassTokenState(LayerNormRow Norm2, Tensor Hidden, LayerNormRow LastNorm)
{
    /// <summary>l, the latent: S × d.</summary>
    public Tensor Latent => LastNorm.Output;

    /// <summary>One sample of a batch, S = 1. A view.</summary>
    public ClassTokenState Sample(int index) => new(Norm2.Sample(index), Hidden.narrow(0, index, 1), LastNorm.Sample(index));
}
