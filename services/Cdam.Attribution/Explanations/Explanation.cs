namespace Cdam.Attribution.Explanations;

/// <summary>The answer to an <see cref="ExplainItem"/>.</summary>
public sealed record Explanation
{
    /// <summary>All logits; empty for a model without head.</summary>
    public required float[] Logits { get; init; }

    /// <summary>The final [CLS] after the last LayerNorm, embedding-dim values.</summary>
    public required float[] Latent { get; init; }

    /// <summary>What the targets came to mean, in the request's order.</summary>
    public required IReadOnlyList<ResolvedTarget> Targets { get; init; }

    /// <summary>A map for each method and resolved target; one for a method that does not depend on the target.</summary>
    public required IReadOnlyList<AttributionMap> Maps { get; init; }

    /// <summary>How tokens lie over the picture.</summary>
    public required TokenGrid Grid { get; init; }

    /// <summary>tokens × embedding-dim values of T, [CLS] first, if asked for.</summary>
    public float[]? Tokens { get; init; }

    /// <summary>For each resolved target tokens × embedding-dim values of ∂f/∂T, if asked for.</summary>
    public IReadOnlyList<float[]>? TokenGradients { get; init; }

    /// <summary>heads × tokens probabilities, if asked for.</summary>
    public float[]? Attention { get; init; }
}
