namespace Cdam.Scoring.Plots;

/// <summary>A method's mean curve.</summary>
/// <param name="Method">For the legend.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many as x; NaN is left out.</param>
public sealed record PlottedCurve(string Method, double[] X, double[] Y);
