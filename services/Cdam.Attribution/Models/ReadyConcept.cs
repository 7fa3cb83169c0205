using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Models;

/// <summary>A concept that came with a model.</summary>
/// <param name="Description">What the manifest says of it.</param>
/// <param name="Target">It as a target.</param>
public sealed record ReadyConcept(ManifestConcept Description, ConceptTarget Target);
