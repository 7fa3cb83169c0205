namespace Cdam.Training.LungModels.Figures;

/// <summary>The same number about all folds' models.</summary>
/// <param name="Output">Which output it is about; <c>all</c> for the mean over outputs.</param>
/// <param name="Measure">As of <see cref="LungFigure"/>.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Mean">Over folds; null where the number is not defined in one of them.</param>
/// <param name="Deviation">Sample standard deviation over folds (n − 1); null for a single one.</param>
public sealed record LungFigureSummary(string Output, string Measure, string Unit, double? Mean, double? Deviation)
{
    /// <summary>Sums folds up, figure by figure.</summary>
    /// <param name="folds">The same figures of each fold, in the same order.</param>
    internal static IReadOnlyList<LungFigureSummary> Of(IReadOnlyList<IReadOnlyList<LungFigure>> folds) =>
        [.. folds[0].Select((figure, index) => Of(figure, [.. folds.Select(fold => fold[index].Value)]))];

    private static LungFigureSummary Of(LungFigure figure, IReadOnlyList<double?> values)
    {
        if (values.Any(value => value is null))
        {
            return new LungFigureSummary(figure.Output, figure.Measure, figure.Unit, null, null);
        }

        var mean = values.Average(value => value!.Value);
        double? deviation = values.Count > 1 ? Math.Sqrt(values.Sum(value => Math.Pow(value!.Value - mean, 2)) / (values.Count - 1)) : null;
        return new LungFigureSummary(figure.Output, figure.Measure, figure.Unit, mean, deviation);
    }
}
