using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Heads;

/// <summary>f = W l + b.</summary>
/// <param name="weight">outputs × d</param>
/// <param name="bias">outputs</param>
internal sealed class LinearHead(Tensor weight, Tensor bias) : IHead
{
    public int Outputs => (int)bias.shape[0];

    public Tensor Logits(Tensor latent) => nn.functional.linear(latent, weight, bias);

    public Tensor Gradient(Tensor latent, Tensor outputs) => weight.index_select(0, outputs).unsqueeze(0);

    public Tensor Relevance(Tensor latent, Tensor outputs) => RelevanceRules.Shares(weight.index_select(0, outputs), latent);
}
