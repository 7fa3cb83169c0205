namespace Cdam.Evaluator.Sessions;

/// <summary>A curve, as it is stored.</summary>
/// <param name="Name"><c>mif</c> or <c>lif</c>.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many.</param>
internal sealed record MeasuredCurve(string Name, double[] X, double[] Y);
