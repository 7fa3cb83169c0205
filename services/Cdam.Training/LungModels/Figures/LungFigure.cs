namespace Cdam.Training.LungModels.Figures;

/// <summary>One number about a model.</summary>
/// <param name="Output">Which output it is about; <c>all</c> for the mean over outputs.</param>
/// <param name="Measure">
/// <c>accuracy</c>, <c>auc</c>, <c>loss</c>, <c>mse</c> (in standard deviations of the training part, squared, as published),
/// <c>mse_clinical</c> or <c>correlation</c> (Pearson's).
/// </param>
/// <param name="Unit">Of the value; empty where it has none.</param>
/// <param name="Value">Null where it is not defined: a correlation of what does not vary.</param>
public sealed record LungFigure(string Output, string Measure, string Unit, double? Value);
