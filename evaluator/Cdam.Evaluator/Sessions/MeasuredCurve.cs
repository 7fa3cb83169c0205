namespace Cdam.Evaluator.Sessions;

/// <summary>A curve, as it is stored.</summary>
/// <param name="Name"><c>mif</c>, <c>lif</c> or <c>box</c>, with <c>_wrong_class</c> where that class's map ranks.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many.</param>
internal sealed record MeasuredCurve(string Name, double[] X, double[] Y);
