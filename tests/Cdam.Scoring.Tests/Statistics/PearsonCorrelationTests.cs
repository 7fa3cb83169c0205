using Cdam.Scoring.Statistics;
using CsCheck;

namespace Cdam.Scoring.Tests.Statistics;

public sealed class PearsonCorrelationTests
{
    [Fact]
    public void Of_HandWorkedValues_IsTheCorrelation() =>
        // Deviations (−2, −1, 0, 1, 2) and (−2, 0, −1, 2, 1): 8 / √(10 × 10).
        Assert.Equal(0.8, PearsonCorrelation.Of([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]), 1e-15);

    [Fact]
    public void Of_LinearFunction_IsPlusOrMinusOne()
    {
        var input = Gen.Select(Gen.Double[-100, 100].Array[2, 50], Gen.Double[0.01, 10], Gen.Double[-10, 10]);
        input.Where(sample => sample.Item1.Max() - sample.Item1.Min() > 1).Sample(sample =>
        {
            var (x, slope, offset) = sample;
            // Rounding of values up to 1000 against a spread of at least 0.01.
            Assert.Equal(1, PearsonCorrelation.Of(x, Array.ConvertAll(x, value => (slope * value) + offset)), 1e-10);
            Assert.Equal(-1, PearsonCorrelation.Of(x, Array.ConvertAll(x, value => offset - (slope * value))), 1e-10);
        });
    }

    [Fact]
    public void Of_SideThatDoesNotVary_IsUndefined()
    {
        // The mean of these is not 0.1, so that deviations from it are not zero.
        var constant = Enumerable.Repeat(0.1, 3).ToArray();

        Assert.Equal(double.NaN, PearsonCorrelation.Of(constant, [1, 2, 3]));
        Assert.Equal(double.NaN, PearsonCorrelation.Of([1, 2, 3], constant));
        Assert.Equal(double.NaN, PearsonCorrelation.Of([], []));
    }

    [Fact]
    public void Of_OtherLengths_IsRefused() => Assert.Throws<ArgumentException>(() => PearsonCorrelation.Of([1, 2], [1]));
}
