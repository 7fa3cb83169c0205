namespace Cdam.Scoring.Plots;

/// <summary>Two methods' scores of one image's patches.</summary>
/// <param name="Image">For the legend.</param>
/// <param name="X">A finite score for each patch.</param>
/// <param name="Y">The other method's, as many, in the same order.</param>
public sealed record PlottedScores(string Image, float[] X, float[] Y);
