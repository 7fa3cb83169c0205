namespace Cdam.Training.Lidc;

/// <summary>The eight findings of a nodule: means over its readings. Their order is that of the published models' outputs.</summary>
/// <param name="Subtlety">1 extremely subtle to 5 obvious.</param>
/// <param name="Calcification">1 popcorn, 2 laminated, 3 solid, 4 non-central, 5 central, 6 absent.</param>
/// <param name="Margin">1 poorly defined to 5 sharp.</param>
/// <param name="Lobulation">1 none to 5 marked.</param>
/// <param name="Spiculation">1 none to 5 marked.</param>
/// <param name="Diameter">
/// Millimetres: of each reading the largest distance of two points of one of its contours (pylidc's <c>diameter</c>); the mean of that.
/// </param>
/// <param name="Texture">1 ground glass to 5 solid.</param>
/// <param name="Sphericity">1 linear to 5 round.</param>
public sealed record Biomarkers(
    double Subtlety,
    double Calcification,
    double Margin,
    double Lobulation,
    double Spiculation,
    double Diameter,
    double Texture,
    double Sphericity)
{
    /// <summary>Names, units and ranges, in order. A diameter is above 0.</summary>
    public static IReadOnlyList<Biomarker> All { get; } =
    [
        new("subtlety", "rating", 1, 5),
        new("calcification", "rating", 1, 6),
        new("margin", "rating", 1, 5),
        new("lobulation", "rating", 1, 5),
        new("spiculation", "rating", 1, 5),
        new("diameter", "mm", 0, 150),
        new("texture", "rating", 1, 5),
        new("sphericity", "rating", 1, 5),
    ];

    /// <summary>The eight values in the order of <see cref="All"/>.</summary>
    public double[] ToArray() => [Subtlety, Calcification, Margin, Lobulation, Spiculation, Diameter, Texture, Sphericity];
}
