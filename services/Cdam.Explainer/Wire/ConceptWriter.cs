using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Wire;

/// <summary>Writes concepts as clients may give them back.</summary>
internal static class ConceptWriter
{
    public static V1.Concept Write(ConceptTarget concept) => new()
    {
        DisplayName = concept.Name,
        Vector = { concept.Vector },
        Similarity = ModelWriter.Write(concept.Similarity),
    };
}
