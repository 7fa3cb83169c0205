namespace Cdam.Training.LungModels.Figures;

/// <summary>How near predicted values come to true ones.</summary>
internal static class RegressionMeasures
{
    /// <summary>Mean of the squared differences.</summary>
    /// <param name="predicted">At least one.</param>
    /// <param name="truth">As many.</param>
    public static double MeanSquaredError(IReadOnlyList<double> predicted, IReadOnlyList<double> truth) =>
        predicted.Zip(truth).Average(pair => (pair.First - pair.Second) * (pair.First - pair.Second));

    /// <summary>Pearson's correlation coefficient.</summary>
    /// <returns>−1 to 1; null where either side does not vary.</returns>
    public static double? Pearson(IReadOnlyList<double> predicted, IReadOnlyList<double> truth)
    {
        var (meanPredicted, meanTruth) = (predicted.Average(), truth.Average());
        var (product, squaresPredicted, squaresTruth) = (0.0, 0.0, 0.0);
        foreach (var (a, b) in predicted.Zip(truth))
        {
            product += (a - meanPredicted) * (b - meanTruth);
            squaresPredicted += (a - meanPredicted) * (a - meanPredicted);
            squaresTruth += (b - meanTruth) * (b - meanTruth);
        }

        return squaresPredicted > 0 && squaresTruth > 0 ? product / Math.Sqrt(squaresPredicted * squaresTruth) : null;
    }
}
