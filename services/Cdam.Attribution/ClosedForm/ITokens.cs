using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// S samples of the tokens T fed to the final attention (n tokens of d values each). The closed form touches T only by products
/// with skinny matrices, so samples that are simple functions of other tokens (normalised, scaled) are never written out.
/// </summary>
internal interface ITokens
{
    /// <summary>T_cls, S × d.</summary>
    Tensor ClassToken { get; }

    /// <summary>Dot products of every token with the given vectors.</summary>
    /// <param name="vectors">S × K × d, or 1 × K × d for the same vectors in all samples.</param>
    /// <returns>S × K × n</returns>
    Tensor Project(Tensor vectors);

    /// <summary>Weighted sums of the tokens.</summary>
    /// <param name="weights">S × K × n</param>
    /// <returns>S × K × d</returns>
    Tensor Pool(Tensor weights);
}
