namespace Cdam.Explainer.Explaining;

/// <summary>Tensors to return before the maps.</summary>
internal sealed record TensorWishes(bool Tokens, bool Gradients, bool Attention)
{
    public static TensorWishes None { get; } = new(false, false, false);
}
