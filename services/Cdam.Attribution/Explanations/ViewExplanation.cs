namespace Cdam.Attribution.Explanations;

/// <summary>The part of an answer that belongs to one view.</summary>
public sealed record ViewExplanation
{
    /// <summary>What the model says of this view alone.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>The value of each resolved target for this view alone, in units of the target.</summary>
    public required IReadOnlyList<float> Values { get; init; }

    /// <summary>A map for each method and resolved target; one for a method that does not depend on the target.</summary>
    public required IReadOnlyList<AttributionMap> Maps { get; init; }

    /// <summary>How long each requested method took for this view, beyond the forward pass; in the order of the item's methods.</summary>
    public required IReadOnlyList<TimeSpan> MethodDurations { get; init; }

    /// <summary>tokens × embedding-dim values of T, [CLS] first, if asked for.</summary>
    public float[]? Tokens { get; init; }

    /// <summary>For each resolved target tokens × embedding-dim values of ∂f/∂T, if asked for.</summary>
    public IReadOnlyList<float[]>? TokenGradients { get; init; }

    /// <summary>heads × tokens probabilities, if asked for.</summary>
    public float[]? Attention { get; init; }
}
