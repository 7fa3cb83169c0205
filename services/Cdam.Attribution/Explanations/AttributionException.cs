namespace Cdam.Attribution.Explanations;

/// <summary>A request breaks a rule. The fault is the caller's.</summary>
/// <param name="field">The part of the request, as the wire contract names it, for example <c>sample_count</c>.</param>
/// <param name="description">The value found and the rule.</param>
public sealed class AttributionException(string field, string description) : Exception($"{field}: {description}")
{
    /// <summary>The part of the request, as the wire contract names it.</summary>
    public string Field { get; } = field;

    /// <summary>The value found and the rule.</summary>
    public string Description { get; } = description;
}
