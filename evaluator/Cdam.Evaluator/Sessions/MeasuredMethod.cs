namespace Cdam.Evaluator.Sessions;

/// <summary>One method on one image, as it is stored.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Values">Metrics by name; those that are not defined for the image are absent.</param>
/// <param name="Curves">What areas were taken under.</param>
internal sealed record MeasuredMethod(string Method, IReadOnlyDictionary<string, double> Values, IReadOnlyList<MeasuredCurve> Curves);
