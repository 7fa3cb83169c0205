namespace Cdam.Attribution.Models;

/// <summary>The outputs of biomarker models, in the order of the published code.</summary>
public static class Biomarkers
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["subtlety", "calcification", "margin", "lobulation", "spiculation", "diameter", "texture", "sphericity"];

    /// <summary>What LIDC-IDRI measures them in, for <see cref="OutputScale.Unit"/>.</summary>
    public static IReadOnlyList<string> Units { get; } = [.. Names.Select(name => name switch
    {
        "diameter" => "mm",
        "calcification" => "rating 1 to 6",
        _ => "rating 1 to 5",
    })];
}
