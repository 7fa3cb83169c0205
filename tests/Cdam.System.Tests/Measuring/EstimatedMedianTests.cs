using Cdam.Cli.Measuring;

namespace Cdam.System.Tests.Measuring;

public sealed class EstimatedMedianTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1.5, 1, 2)]
    [InlineData(6, 3.5, 1, 6)] // holds the median 1 - 2/2⁶ = 97 times in 100
    [InlineData(45, 23, 16, 30)]
    [InlineData(300, 150.5, 133, 168)]
    public void Of_NumbersInTurn_HasTheMiddleAndTheRanksAroundIt(int count, double median, double low, double high) =>
        Assert.Equal(new EstimatedMedian(median, low, high), EstimatedMedian.Of(Enumerable.Range(1, count).Reverse().Select(value => (double)value)));

    /// <summary>The interval's promise, on a skewed distribution: 95 %, within three deviations of 2,000 tries and what whole ranks cost.</summary>
    [Fact]
    public void Of_SkewedRuns_HoldsTheTrueMedianAsOftenAsPromised()
    {
        var random = new Random(0);
        var held = Enumerable.Range(0, 2000).Count(_ =>
        {
            var estimate = EstimatedMedian.Of(Enumerable.Range(0, 45).Select(_ => -Math.Log(1 - random.NextDouble())));
            return estimate.Low <= Math.Log(2) && Math.Log(2) <= estimate.High;
        });
        Assert.InRange(held / 2000.0, 0.93, 0.98);
    }
}
