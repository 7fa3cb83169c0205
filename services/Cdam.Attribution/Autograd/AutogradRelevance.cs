using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Heads;
using static TorchSharp.torch;

namespace Cdam.Attribution.Autograd;

/// <summary>Relevance propagation as its published code does it: all attention kept, its gradients by automatic differentiation, whole matrices.</summary>
internal static class AutogradRelevance
{
    /// <summary>R ← R + Ā R over all blocks, Ā = mean over heads of max(0, A ⊙ ∂f/∂A).</summary>
    /// <param name="network">The network.</param>
    /// <param name="targets">One target.</param>
    /// <param name="input">1 × 3 × H × W; it or the weights require gradients, for there is no graph otherwise.</param>
    /// <param name="alsoTo">Gets gradients too, which are dropped: the weights, where the published code is to be timed.</param>
    /// <returns>R's row of [CLS], n.</returns>
    public static Tensor ClassRow(AutogradNetwork network, TargetFunctions targets, Tensor input, IReadOnlyList<Tensor>? alsoTo = null)
    {
        var attentions = new List<Tensor>();
        var value = targets.Values(network.Latent(input, attentions)).sum();
        var gradients = autograd.grad([value], [.. attentions, .. alsoTo ?? []], allow_unused: true);
        var relevance = eye(attentions[0].shape[^1], device: input.device);
        for (var block = 0; block < attentions.Count; block++)
        {
            var mean = (attentions[block].detach() * gradients[block])[0].ClampMin(0).mean([0]);    // n × n
            relevance = relevance.Plus(mean.matmul(relevance));
        }

        return relevance[0];
    }
}
