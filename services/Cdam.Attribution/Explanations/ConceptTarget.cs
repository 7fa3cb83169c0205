namespace Cdam.Attribution.Explanations;

/// <summary>A direction in the latent space (Eq. 3, 4 of the paper).</summary>
/// <param name="Name">For people.</param>
/// <param name="Vector">embedding-dim finite values, not all zero.</param>
/// <param name="Similarity">How the latent is compared with it.</param>
public sealed record ConceptTarget(string Name, float[] Vector, Similarity Similarity) : Target
{
    /// <summary>The id of a concept that came with the model; null for any other.</summary>
    public string? Id { get; init; }

    /// <summary>Why a vector is no direction: a value that is not finite, or all of them zero; null if it is one.</summary>
    public static string? Fault(float[] vector)
    {
        var bad = Array.FindIndex(vector, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            return $"value {bad} is {vector[bad]}; values must be finite";
        }

        return Array.TrueForAll(vector, value => value == 0) ? "is all zero; a concept needs a direction" : null;
    }

    /// <summary>The similarity of a latent with the concept.</summary>
    /// <param name="latent">As many values as <see cref="Vector"/>.</param>
    public double Value(ReadOnlySpan<float> latent)
    {
        double dot = 0, latentSquare = 0, vectorSquare = 0, distanceSquare = 0;
        for (var i = 0; i < Vector.Length; i++)
        {
            double l = latent[i], c = Vector[i];
            dot += l * c;
            latentSquare += l * l;
            vectorSquare += c * c;
            distanceSquare += (l - c) * (l - c);
        }

        return Similarity switch
        {
            Similarity.DotProduct => dot,
            Similarity.Cosine => dot / Math.Sqrt(latentSquare * vectorSquare),
            _ => -Math.Sqrt(distanceSquare),
        };
    }
}
