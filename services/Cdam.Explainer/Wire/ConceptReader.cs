using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Reads concepts.</summary>
internal static class ConceptReader
{
    private const int LongestName = 128;

    /// <exception cref="AttributionException">The vector is not a direction in the model's latent space, or the similarity is unknown.</exception>
    public static ConceptTarget Read(V1.Concept concept, ExplainableModel model, string field)
    {
        TextRules.RequireLength(concept.DisplayName, LongestName, $"{field}.display_name");
        var vector = concept.Vector.ToArray();
        if (vector.Length != model.Backbone.Dim)
        {
            throw new AttributionException($"{field}.vector", $"has {vector.Length} values; this model's latents have {model.Backbone.Dim}");
        }

        return ConceptTarget.Fault(vector) is { } fault
            ? throw new AttributionException($"{field}.vector", fault)
            : new ConceptTarget(concept.DisplayName, vector, Similarity(concept.Similarity, $"{field}.similarity"));
    }

    private static Similarity Similarity(V1.Similarity similarity, string field) => similarity switch
    {
        V1.Similarity.Unspecified or V1.Similarity.DotProduct => Attribution.Explanations.Similarity.DotProduct,
        V1.Similarity.Cosine => Attribution.Explanations.Similarity.Cosine,
        V1.Similarity.NegativeL2 => Attribution.Explanations.Similarity.NegativeL2,
        _ => throw new AttributionException(field, $"is {(int)similarity}; must be SIMILARITY_DOT_PRODUCT, _COSINE or _NEGATIVE_L2"),
    };
}
