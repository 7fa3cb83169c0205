using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>The final attention as the [CLS] query sees it.</summary>
/// <param name="Keys">u = s W_Kᵀ q, S × H × d: the key projection folded onto the query.</param>
/// <param name="Content">e_hi = u_h · T_i, S × H × n: the scores but for a constant, which softmax does not see.</param>
/// <param name="Weights">A = softmax(e), S × H × n.</param>
/// <param name="Values">W_V,h z_h with z_h = Σ_i A_hi T_i, S × H × k, without bias.</param>
internal sealed record ClassAttention(Tensor Keys, Tensor Content, Tensor Weights, Tensor Values)
{
    /// <summary>One sample of a batch, S = 1. A view.</summary>
    public ClassAttention Sample(int index) => new(
        Keys.narrow(0, index, 1), Content.narrow(0, index, 1), Weights.narrow(0, index, 1), Values.narrow(0, index, 1));
}
