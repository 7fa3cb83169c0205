namespace Cdam.Attribution.Explanations;

/// <summary>How the latent l is compared with a concept's vector c (Eq. 3 of the paper).</summary>
public enum Similarity
{
    /// <summary>l · c</summary>
    DotProduct,

    /// <summary>l · c / (|l| |c|)</summary>
    Cosine,

    /// <summary>−|l − c|, Euclidean.</summary>
    NegativeL2,
}
