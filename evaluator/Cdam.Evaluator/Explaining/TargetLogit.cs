namespace Cdam.Evaluator.Explaining;

/// <summary>What is read from a perturbed picture.</summary>
/// <param name="TargetIndex">Position in the request's targets.</param>
/// <param name="OutputIndex">Position in the logits; null for a concept.</param>
/// <param name="DisplayName">The output's or the concept's name.</param>
/// <param name="Value">On the picture as it is.</param>
internal sealed record TargetLogit(int TargetIndex, int? OutputIndex, string DisplayName, float Value)
{
    /// <summary>By which the concept was asked for; empty for all other targets.</summary>
    internal string ConceptId { get; init; } = "";
}
