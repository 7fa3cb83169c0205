namespace Cdam.Attribution.Models;

/// <summary>What turns the latent into logits.</summary>
public enum HeadKind
{
    /// <summary>Nothing: a concept model.</summary>
    None,

    /// <summary>One linear layer: <c>weight</c>, <c>bias</c>.</summary>
    Linear,

    /// <summary>Linear, ReLU, Linear: <c>0.weight</c>, <c>0.bias</c>, <c>2.weight</c>, <c>2.bias</c>.</summary>
    Mlp,
}
