namespace Cdam.Scoring.Statistics;

/// <summary>A mean over images and how sure it is.</summary>
/// <param name="Mean">Of the defined values; NaN where there is none.</param>
/// <param name="Lower">Lower end of the confidence interval; NaN with fewer than two defined values, which say nothing of spread.</param>
/// <param name="Upper">Upper end, likewise.</param>
/// <param name="Count">Defined values.</param>
/// <param name="Undefined">Values that were NaN, and left out.</param>
public sealed record MeanEstimate(double Mean, double Lower, double Upper, int Count, int Undefined);
