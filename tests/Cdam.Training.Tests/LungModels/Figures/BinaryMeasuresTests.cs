using Cdam.Training.LungModels.Figures;
using CsCheck;

namespace Cdam.Training.Tests.LungModels.Figures;

public sealed class BinaryMeasuresTests
{
    [Fact]
    public void Accuracy_CountsScoresOnTheRightSideOfZero() =>
        // 2 is right, −1 is right, 0 is not above 0 and so wrong for a positive, 3 is wrong for a negative.
        Assert.Equal(0.5, BinaryMeasures.Accuracy([2, -1, 0, 3], [true, false, true, false]));

    [Theory]
    [InlineData(new[] { 0.1, 0.4, 0.35, 0.8 }, new[] { false, false, true, true }, 0.75)]    // 3 of 4 pairs in order
    [InlineData(new[] { 1.0, 1, 1, 2 }, new[] { false, true, false, true }, 0.75)]           // ½ + ½ + 1 + 1 of 4
    [InlineData(new[] { 7.0, 7, 7 }, new[] { true, false, true }, 0.5)]
    [InlineData(new[] { -3.0, -2, -1 }, new[] { true, false, false }, 0.0)]
    public void Auc_IsTheShareOfPairsInOrder(double[] scores, bool[] positive, double auc) =>
        Assert.Equal(auc, BinaryMeasures.Auc(scores, positive));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Auc_OfOneClass_IsNotDefined(bool positive) => Assert.Null(BinaryMeasures.Auc([1, 2], [positive, positive]));

    [Fact]
    public void Auc_WithTies_AgreesWithCountingPairs() =>
        Gen.Select(Gen.Int[0, 5], Gen.Bool).List[2, 30].Where(items => items.Exists(item => item.Item2) && items.Exists(item => !item.Item2))
            .Sample(items =>
            {
                var pairs = from a in items where a.Item2 from b in items where !b.Item2 select a.Item1 > b.Item1 ? 1 : a.Item1 == b.Item1 ? 0.5 : 0;
                var auc = BinaryMeasures.Auc([.. items.Select(item => (double)item.Item1)], [.. items.Select(item => item.Item2)]);
                Assert.Equal(pairs.Average(), auc!.Value, 12);    // digits: both are quotients of small whole numbers
            });
}
