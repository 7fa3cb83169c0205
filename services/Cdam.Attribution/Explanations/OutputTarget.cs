namespace Cdam.Attribution.Explanations;

/// <summary>One output of the head.</summary>
/// <param name="Index">Position in the logits, from 0.</param>
public sealed record OutputTarget(int Index) : Target;
