using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Heads;

/// <summary>f = W₂ ReLU(W₁ l + b₁) + b₂.</summary>
/// <param name="weight1">hidden × d</param>
/// <param name="bias1">hidden</param>
/// <param name="weight2">outputs × hidden</param>
/// <param name="bias2">outputs</param>
internal sealed class MlpHead(Tensor weight1, Tensor bias1, Tensor weight2, Tensor bias2) : IHead
{
    public int Outputs => (int)bias2.shape[0];

    public Tensor Logits(Tensor latent) => nn.functional.linear(Hidden(latent).relu(), weight2, bias2);

    public Tensor Gradient(Tensor latent, Tensor outputs)
    {
        var active = Hidden(latent).IsPositive().to_type(ScalarType.Float32).unsqueeze(1);    // S × 1 × hidden
        return (weight2.index_select(0, outputs) * active).matmul(weight1);            // S × C × d
    }

    public Tensor Relevance(Tensor latent, Tensor outputs)
    {
        var ofHidden = RelevanceRules.Shares(weight2.index_select(0, outputs), Hidden(latent).relu());    // C × hidden
        return RelevanceRules.Linear(weight1, latent, ofHidden);
    }

    private Tensor Hidden(Tensor latent) => nn.functional.linear(latent, weight1, bias1);
}
