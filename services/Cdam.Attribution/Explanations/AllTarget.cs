namespace Cdam.Attribution.Explanations;

/// <summary>Every output of the head, in order.</summary>
public sealed record AllTarget : Target;
