namespace Cdam.Training.Lidc;

/// <summary>One of the eight regressed findings.</summary>
/// <param name="Name">As in <c>dataset.json</c>.</param>
/// <param name="Unit">"mm", or "rating" for a scale of whole numbers whose mean over readings is kept.</param>
/// <param name="Lowest">The lowest possible value.</param>
/// <param name="Highest">The highest possible value.</param>
public sealed record Biomarker(string Name, string Unit, double Lowest, double Highest);
