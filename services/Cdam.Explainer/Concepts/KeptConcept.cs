using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.V1;
using Similarity = Cdam.Attribution.Explanations.Similarity;

namespace Cdam.Explainer.Concepts;

/// <summary>A concept as ConceptService keeps it.</summary>
/// <param name="Target">What it is to models that it belongs to.</param>
/// <param name="Model">The name of its model.</param>
/// <param name="Checkpoints">SHA-256 of the model's files when it was made, in the order of the manifest.</param>
internal sealed record KeptConcept(ConceptTarget Target, string Model, IReadOnlyList<string> Checkpoints)
{
    /// <param name="id">By which it was asked for.</param>
    public static KeptConcept Read(string id, StoredConcept concept) => new(
        new ConceptTarget(concept.DisplayName, [.. concept.Vector], Read(concept.Similarity)) { Id = id },
        concept.Model,
        concept.CheckpointSha256);

    /// <summary>The concept as a target of a model.</summary>
    /// <param name="name">The model's resource name.</param>
    /// <param name="model">The model that is served under it.</param>
    /// <exception cref="ConceptMismatchException">Its latents are those of other weights.</exception>
    public ConceptTarget For(string name, ExplainableModel model)
    {
        if (Model != name)
        {
            throw new ConceptMismatchException(Target.Id!, "CONCEPT_OF_OTHER_MODEL",
                $"concept \"{Target.Id}\" is made of latents of {Model}; {name} has others: make it anew for this model");
        }

        if (!model.Manifest.Files.Select(file => file.Sha256).SequenceEqual(Checkpoints, StringComparer.OrdinalIgnoreCase))
        {
            throw new ConceptMismatchException(Target.Id!, "CONCEPT_OF_OTHER_CHECKPOINT",
                $"concept \"{Target.Id}\" is made of latents of {Model} with other weights than are served now: delete it, and make it anew");
        }

        return Target.Vector.Length == model.Backbone.Dim && ConceptTarget.Fault(Target.Vector) is null
            ? Target
            : throw new InvalidDataException(
                $"ConceptService answered for \"{Target.Id}\" with {Target.Vector.Length} values, which are no direction among latents of {model.Backbone.Dim}");
    }

    private static Similarity Read(V1.Similarity similarity) => similarity switch
    {
        V1.Similarity.Cosine => Similarity.Cosine,
        V1.Similarity.NegativeL2 => Similarity.NegativeL2,
        _ => Similarity.DotProduct,
    };
}
