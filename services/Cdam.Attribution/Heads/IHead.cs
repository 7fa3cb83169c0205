using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Heads;

/// <summary>What turns the latent l into logits.</summary>
internal interface IHead
{
    /// <summary>Number of logits.</summary>
    int Outputs { get; }

    /// <param name="latent">S × d, float32.</param>
    /// <returns>S × outputs</returns>
    Tensor Logits(Tensor latent);

    /// <summary>∂f_c/∂l for some outputs.</summary>
    /// <param name="latent">S × d</param>
    /// <param name="outputs">Positions, int64, C.</param>
    /// <returns>S × C × d, or 1 × C × d where it does not depend on l.</returns>
    Tensor Gradient(Tensor latent, Tensor outputs);

    /// <summary>How the relevance of some outputs, 1 each, spreads over the latent by <see cref="RelevanceRules"/>.</summary>
    /// <param name="latent">1 × d</param>
    /// <param name="outputs">Positions, int64, C.</param>
    /// <returns>C × d</returns>
    Tensor Relevance(Tensor latent, Tensor outputs);
}
