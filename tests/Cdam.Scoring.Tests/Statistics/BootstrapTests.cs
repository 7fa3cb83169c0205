using Cdam.Scoring.Randomness;
using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Tests.Statistics;

public sealed class BootstrapTests
{
    [Fact]
    public void Mean_SkewedValues_IsCoveredAboutAsOftenAsClaimed()
    {
        // Squares of uniform numbers, mean 1/3, 40 images. The percentile interval is known to cover a little less than it claims; of 400
        // sessions the standard deviation is 1.1 %, and the draws are fixed.
        var covered = Enumerable.Range(0, 400).Count(session =>
        {
            var values = Enumerable.Range(0, 40).Select(image => Math.Pow(CounterRandom.Word((ulong)session, (ulong)image) / (double)ulong.MaxValue, 2));
            var estimate = Bootstrap.Mean([.. values], seed: 9);
            return estimate.Lower <= 1.0 / 3 && 1.0 / 3 <= estimate.Upper;
        });

        Assert.InRange(covered, 0.91 * 400, 0.98 * 400);
    }

    [Fact]
    public void Mean_TwoValues_ReachesFromTheOneToTheOther() =>
        // A quarter of the resamples is each value twice, far more than the 2.5 % beyond an end.
        Assert.Equal(new MeanEstimate(0.5, 0, 1, 2, 0), Bootstrap.Mean([0, 1], seed: 0));

    [Fact]
    public void Mean_UndefinedValues_AreLeftOutAndCounted()
    {
        var estimate = Bootstrap.Mean([1, double.NaN, 2, 6, double.NaN], seed: 4);

        Assert.Equal(Bootstrap.Mean([1, 2, 6], seed: 4) with { Undefined = 2 }, estimate);
        Assert.Equal((3.0, 3), (estimate.Mean, estimate.Count));
    }

    [Theory]
    [InlineData(new double[0], double.NaN, 0)]
    [InlineData(new[] { 5.0 }, 5.0, 1)]
    public void Mean_FewerThanTwoValues_HasNoInterval(double[] values, double mean, int count) =>
        Assert.Equal(new MeanEstimate(mean, double.NaN, double.NaN, count, 0), Bootstrap.Mean(values, seed: 0));

    [Fact]
    public void Mean_SameSeed_GivesTheSameEnds()
    {
        double[] values = [3, 1, 4, 1, 5, 9, 2, 6];

        Assert.Equal(Bootstrap.Mean(values, seed: 1), Bootstrap.Mean(values, seed: 1));
        Assert.NotEqual(Bootstrap.Mean(values, seed: 1), Bootstrap.Mean(values, seed: 2));
    }

    /// <summary>Against the definition, written down plainly: whoever changes the draws or the order of sums changes published intervals.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(21)]
    public void Means_OfSeveralColumns_AreThoseOfEachAloneBitForBit(int columns)
    {
        var random = new Random(columns);
        var rows = Enumerable.Range(0, 37).Select(_ => Enumerable.Range(0, columns)
            .Select(column => random.Next(6) < column % 3 ? double.NaN : random.NextDouble() * Math.Pow(10, random.Next(-9, 9))).ToArray()).ToList();
        var values = new ImageValues(columns);
        rows.ForEach(row => values.Add(row));

        var estimates = Bootstrap.Means(values, seed: 11);

        for (var column = 0; column < columns; column++)
        {
            double[] alone = [.. rows.Select(row => row[column])];
            Assert.Equal(Defined(alone, seed: 11), estimates[column]);
            Assert.Equal(estimates[column], Bootstrap.Mean(alone, seed: 11));
        }
    }

    private static MeanEstimate Defined(double[] all, ulong seed)
    {
        var values = Array.FindAll(all, value => !double.IsNaN(value));
        var draw = 0UL;
        var means = Enumerable.Range(0, 2000).Select(_ => Enumerable.Range(0, values.Length)
            .Aggregate(0.0, (sum, _) => sum + values[CounterRandom.Below(CounterRandom.Word(CounterRandom.Key(seed), draw++), values.Length)]) / values.Length).Order().ToArray();
        return new MeanEstimate(
            values.Aggregate(0.0, (sum, value) => sum + value) / values.Length, Between((1 - 0.95) / 2), Between((1 + 0.95) / 2), values.Length, all.Length - values.Length);

        double Between(double share)
        {
            var (below, rest) = ((int)(share * 1999), (share * 1999) - (int)(share * 1999));
            return means[below] + (rest * (means[below + 1] - means[below]));
        }
    }

    [Fact]
    public void Mean_InfiniteValue_IsRefused() => Assert.Throws<ArgumentException>(() => Bootstrap.Mean([1, double.PositiveInfinity], seed: 0));

    [Fact]
    public void PairedDifference_MethodsThatDifferAlikeOnUnlikeImages_HasANarrowInterval()
    {
        double[] first = [.. Enumerable.Range(0, 30).Select(image => (image * 10.0) + (image % 3))];
        double[] second = [.. Enumerable.Range(0, 30).Select(image => image * 10.0)];

        var difference = PairedDifference.Of(first, second, seed: 3);

        Assert.Equal(1, difference.Mean, 1e-12);
        Assert.InRange(difference.Lower, 0.5, 1);
        Assert.InRange(difference.Upper, 1, 1.5);
        Assert.True(Bootstrap.Mean(first, seed: 3).Upper - Bootstrap.Mean(first, seed: 3).Lower > 50);
    }

    [Fact]
    public void PairedDifference_ImageUndefinedForEither_IsLeftOut()
    {
        var difference = PairedDifference.Of([1, double.NaN, 5, 7], [0, 1, double.NaN, 4], seed: 3);

        Assert.Equal((2.0, 2, 2), (difference.Mean, difference.Count, difference.Undefined));
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1], [1, 2], seed: 0));
    }
}
