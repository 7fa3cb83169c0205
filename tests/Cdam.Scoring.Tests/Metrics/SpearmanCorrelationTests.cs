using Cdam.Scoring.Metrics;
using CsCheck;

namespace Cdam.Scoring.Tests.Metrics;

public sealed class SpearmanCorrelationTests
{
    /// <summary>Few different numbers, so that most are tied.</summary>
    private static readonly Gen<(float[] First, float[] Second)> Maps = Gen.Int[2, 40].SelectMany(count => Gen.Select(
        Gen.Int[-4, 4].Select(number => (float)number).Array[count], Gen.Int[-4, 4].Select(number => number / 8f).Array[count]));

    [Fact]
    public void Of_TheExampleOfScipysDocumentation_IsItsValue() =>
        // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]): 0.820782681668; a tie, printed to twelve digits.
        Assert.Equal(0.820782681668, SpearmanCorrelation.Of([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 1e-12);

    [Fact]
    public void Of_MapsWithoutTies_IsTheFormulaOfRankDifferences() =>
        // 1 − 6 Σ d² / (n (n² − 1)), d = (0, 2, 1, 1): 1 − 36 / 60.
        Assert.Equal(0.4, SpearmanCorrelation.Of([1, 2, 3, 4], [10, 40, 20, 30]), 1e-15);

    [Fact]
    public void Of_MapsWithTies_IsPearsonsCorrelationOfCountedRanks() => Maps.Sample(maps =>
    {
        var expected = Pearson(CountedRanks(maps.First), CountedRanks(maps.Second));
        var actual = SpearmanCorrelation.Of(maps.First, maps.Second);

        // Sums of at most 40 half-integers' products are exact: what is left is the rounding of one root and one quotient.
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) < 1e-14, $"{expected} {actual}");
    });

    [Fact]
    public void Of_AMapAndWhatKeepsOrReversesItsOrder_IsExactlyOneOrMinusOne() => Maps.Where(maps => maps.First.Distinct().Count() > 1).Sample(maps =>
    {
        var cubes = Array.ConvertAll(maps.First, score => score * score * score);
        Assert.Equal(1, SpearmanCorrelation.Of(maps.First, cubes));
        Assert.Equal(-1, SpearmanCorrelation.Of(maps.First, Array.ConvertAll(cubes, score => -score)));
    });

    [Fact]
    public void Of_AMapThatRanksNothing_IsNotANumber() => Assert.Equal(double.NaN, SpearmanCorrelation.Of([2, 2, 2], [1, 2, 3]));

    [Fact]
    public void Of_BadScores_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => SpearmanCorrelation.Of([1, 2], [1, float.NaN]));
        Assert.Throws<ArgumentException>(() => SpearmanCorrelation.Of([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpearmanCorrelation.Of([], []));
    }

    /// <summary>By counting, without sorting: the scores below, and half of the others that are equal.</summary>
    private static double[] CountedRanks(float[] scores) =>
        Array.ConvertAll(scores, score => scores.Count(other => other < score) + (scores.Count(other => other == score) - 1) / 2.0);

    private static double Pearson(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
