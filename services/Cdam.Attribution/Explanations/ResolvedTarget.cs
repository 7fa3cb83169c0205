namespace Cdam.Attribution.Explanations;

/// <summary>One output or concept that a request's target came to mean.</summary>
/// <param name="TargetIndex">Position of the target in the request.</param>
/// <param name="OutputIndex">Position in the logits; null for a concept.</param>
/// <param name="Name">The output's first name, or the concept's name.</param>
/// <param name="Value">The logit in the output's unit, or the similarity; of several views the mean.</param>
public sealed record ResolvedTarget(int TargetIndex, int? OutputIndex, string Name, float Value)
{
    /// <summary>The id of a concept that came with the model; null for any other target.</summary>
    public string? ConceptId { get; init; }
}
