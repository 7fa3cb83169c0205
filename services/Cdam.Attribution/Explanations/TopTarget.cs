namespace Cdam.Attribution.Explanations;

/// <summary>The outputs with the largest logits, largest first.</summary>
/// <param name="Count">How many, at least 1 and at most the number of outputs.</param>
public sealed record TopTarget(int Count) : Target;
