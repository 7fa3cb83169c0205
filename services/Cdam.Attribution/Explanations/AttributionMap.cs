using Cdam.Attribution.Methods;

namespace Cdam.Attribution.Explanations;

/// <summary>A map of raw scores over the prepared picture.</summary>
public sealed record AttributionMap
{
    /// <summary>The method that made it.</summary>
    public required MethodDescription Method { get; init; }

    /// <summary>Position in <see cref="Explanation.Targets"/>; null for a method that does not depend on the target.</summary>
    public required int? Target { get; init; }

    /// <summary>Patches or pixels down.</summary>
    public required int Rows { get; init; }

    /// <summary>Patches or pixels across.</summary>
    public required int Columns { get; init; }

    /// <summary>rows × columns scores, row-major, in units of the output (attention maps: probability).</summary>
    public required float[] Scores { get; init; }

    /// <summary>heads × rows × columns; their sum (attention maps: mean) over heads is <see cref="Scores"/>. Null if not asked for or not defined.</summary>
    public float[]? Heads { get; init; }

    /// <summary>The parameters used, defaults filled in.</summary>
    public required MethodRequest Parameters { get; init; }

    /// <summary>
    /// |Σ S_i − (f(T) − f(0))| over all tokens, of a pixel method |3 Σ S_p − (f(x) − f(0))|, where the method satisfies completeness.
    /// </summary>
    public float? CompletenessGap { get; init; }
}
