using Cdam.Training.LungModels.Figures;

namespace Cdam.Training.Tests.LungModels.Figures;

public sealed class RegressionMeasuresTests
{
    // Roundings of a handful of operations in double.
    private const int Digits = 14;

    [Fact]
    public void MeanSquaredError_IsThatOfTheDifferences() =>
        Assert.Equal(13.0 / 3, RegressionMeasures.MeanSquaredError([1, 2, 3], [1, 4, 0]), Digits);

    [Fact]
    public void Pearson_WorkedByHand()
    {
        // Deviations (−1, 0, 1) and (−4, −1, 5)/3: product 3, squares 2 and 42/9.
        Assert.Equal(3 / Math.Sqrt(2 * 42.0 / 9), RegressionMeasures.Pearson([1, 2, 3], [1, 2, 4])!.Value, Digits);
        Assert.Equal(-1, RegressionMeasures.Pearson([1, 2, 3], [10, 8, 6])!.Value, Digits);
    }

    [Fact]
    public void Pearson_OfWhatDoesNotVary_IsNotDefined()
    {
        Assert.Null(RegressionMeasures.Pearson([2, 2], [1, 3]));
        Assert.Null(RegressionMeasures.Pearson([1, 3], [2, 2]));
    }
}
