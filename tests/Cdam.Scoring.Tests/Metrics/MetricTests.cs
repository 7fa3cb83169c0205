using Cdam.Scoring.Metrics;
using CsCheck;

namespace Cdam.Scoring.Tests.Metrics;

public sealed class MetricTests
{
    [Fact]
    public void Areas_HandWorkedCurves_AreSumsOfTrapezoids()
    {
        // 10 × (4 + 2) / 2 + 40 × (2 + 1) / 2 = 30 + 60.
        var mif = MostImportantFirstArea.Of([0, 10, 50], [4, 2, 1]);
        // 10 × (4 + 4) / 2 + 40 × (4 + 1) / 2 = 40 + 100.
        var lif = LeastImportantFirstArea.Of([0, 10, 50], [4, 4, 1]);

        Assert.Equal((90, 140, 50), (mif, lif, AreaBetweenOrders.Of(lif, mif)));
    }

    [Fact]
    public void TrapezoidArea_StraightLine_DoesNotDependOnWhereItIsSampled()
    {
        Gen.Double[0.01, 99.99].Array[0, 30].Sample(inner =>
        {
            double[] percents = [0, .. inner.Order(), 100];
            var line = Array.ConvertAll(percents, percent => 3 - (0.05 * percent));

            // ∫ (3 − 0.05 p) dp = 50; thirty sums of values below 300 in double precision.
            Assert.Equal(50, TrapezoidArea.Under(percents, line), 1e-11);
        });
    }

    [Fact]
    public void TrapezoidArea_SinglePoint_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TrapezoidArea.Under([0], [1]));

    [Fact]
    public void Compactness_NegativeScores_CountAsSmallOnlyInTheSignedVariant()
    {
        // Threshold 0.5: 0.5, 0.4 and −9 are small; by its size −9 is large.
        float[] scores = [10, 0.5f, 0.4f, -9, 1];

        Assert.Equal(0.6, Compactness.Of(scores));
        Assert.Equal(0.4, AbsoluteCompactness.Of(scores));
    }

    [Fact]
    public void Compactness_ScaledScores_StaysTheSame()
    {
        Gen.Int[-100, 100].Array[1, 50].Sample(numbers =>
        {
            var scores = Array.ConvertAll(numbers, number => (float)number);
            // A power of two scales without rounding.
            var scaled = Array.ConvertAll(scores, score => score / 1024);

            Assert.Equal(Compactness.Of(scores), Compactness.Of(scaled));
            Assert.Equal(AbsoluteCompactness.Of(scores), AbsoluteCompactness.Of(scaled));
        });
    }

    [Theory]
    [InlineData(new float[] { 0, 0 })]
    [InlineData(new float[] { -1, -3 })]
    public void Compactness_NothingPositive_IsUndefined(float[] scores)
    {
        Assert.Equal(double.NaN, Compactness.Of(scores));
        Assert.Equal(double.NaN, AbsoluteCompactness.Of(scores));
    }

    [Fact]
    public void Compactness_NaN_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Compactness.Of([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => AbsoluteCompactness.Of([1, float.NaN]));
    }

    [Fact]
    public void GradientConsistency_HandWorkedTokens_IsTheLargestGapOverTheLargestScore()
    {
        float[] tokens = [9, 9, 1, 2, 3, 4];
        float[] gradients = [9, 9, 1, 1, 0, 1];

        // Sums are 3 and 4, after [CLS].
        Assert.Equal(0, GradientConsistency.Of(tokens, gradients, [3, 4], dim: 2));
        Assert.Equal(0.2, GradientConsistency.Of(tokens, gradients, [3, 5], dim: 2));
        Assert.Equal(double.PositiveInfinity, GradientConsistency.Of(tokens, gradients, [0, 0], dim: 2));
    }
}
