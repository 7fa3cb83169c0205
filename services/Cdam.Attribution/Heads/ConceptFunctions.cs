using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Explanations;
using static TorchSharp.torch;

namespace Cdam.Attribution.Heads;

/// <summary>g(l, c), the similarity of the latent with a concept's vector c (Eq. 3), and ∂g/∂l.</summary>
internal static class ConceptFunctions
{
    /// <param name="latent">S × d</param>
    /// <param name="vector">d</param>
    /// <param name="similarity">Which g.</param>
    /// <returns>S</returns>
    public static Tensor Value(Tensor latent, Tensor vector, Similarity similarity) => similarity switch
    {
        Similarity.DotProduct => latent.matmul(vector),
        Similarity.Cosine => latent.matmul(vector) / (latent.norm(1) * vector.norm()),
        _ => -(latent - vector).norm(1),
    };

    /// <returns>S × d, or 1 × d for the dot product.</returns>
    public static Tensor Gradient(Tensor latent, Tensor vector, Similarity similarity)
    {
        switch (similarity)
        {
            case Similarity.DotProduct:
                return vector.unsqueeze(0);
            case Similarity.Cosine:
                var (length, conceptLength) = (latent.norm(1).unsqueeze(1), vector.norm());
                var unit = latent / length;
                var conceptUnit = vector / conceptLength;
                return (conceptUnit - unit * unit.matmul(conceptUnit).unsqueeze(1)) / length;
            default:
                var difference = latent - vector;
                return -difference / difference.norm(1).unsqueeze(1).ClampMin(1e-30);    // 0 where l = c, as torch has it, not 0 / 0
        }
    }
}
