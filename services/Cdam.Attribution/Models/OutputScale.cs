namespace Cdam.Attribution.Models;

/// <summary>How a standardised output is turned back: value = mean + std × output, statistics of the training fold.</summary>
public sealed record OutputScale
{
    /// <summary>In the unit; finite.</summary>
    public required float Mean { get; init; }

    /// <summary>In the unit; above 0.</summary>
    public required float Std { get; init; }

    /// <summary>For people, for example <c>mm</c> or <c>rating 1 to 5</c>.</summary>
    public required string Unit { get; init; }
}
