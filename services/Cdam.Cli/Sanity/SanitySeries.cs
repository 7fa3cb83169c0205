namespace Cdam.Cli.Sanity;

/// <summary>Ways in which models are altered.</summary>
internal static class SanitySeries
{
    /// <summary>A stage and all before it re-drawn, from the head downward.</summary>
    public const string Cascading = "cascading";

    /// <summary>A stage re-drawn alone.</summary>
    public const string Independent = "independent";

    /// <summary>Another model, trained on permuted labels.</summary>
    public const string RandomLabels = "random_labels";
}
