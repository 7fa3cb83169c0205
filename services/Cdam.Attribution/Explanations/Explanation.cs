namespace Cdam.Attribution.Explanations;

/// <summary>The answer to an <see cref="ExplainItem"/>.</summary>
public sealed record Explanation
{
    /// <summary>What the model says: the mean over the views.</summary>
    public required Prediction Prediction { get; init; }

    /// <summary>What the targets came to mean, in the request's order; values are means over the views.</summary>
    public required IReadOnlyList<ResolvedTarget> Targets { get; init; }

    /// <summary>How tokens lie over a view.</summary>
    public required TokenGrid Grid { get; init; }

    /// <summary>One for each of the item's, in its order.</summary>
    public required IReadOnlyList<ViewExplanation> Views { get; init; }
}
