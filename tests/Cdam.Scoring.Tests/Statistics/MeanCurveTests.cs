using Cdam.Scoring.Statistics;

namespace Cdam.Scoring.Tests.Statistics;

public sealed class MeanCurveTests
{
    [Fact]
    public void Add_CurvesOfOtherPoints_CountWhereTheyHaveSome()
    {
        var curve = new MeanCurve();

        curve.Add([0, 50, 100], [1, 10, 3]);
        curve.Add([0, 50, 100], [2, double.NaN, double.NaN]);
        curve.Add([0, 25], [6, 8]);

        Assert.Equal([0, 25, 50, 100], curve.X);
        Assert.Equal([3, 8, 10, 3], curve.Y);
    }

    [Fact]
    public void Add_PointThatIsDefinedNowhere_IsUndefined()
    {
        var curve = new MeanCurve();

        curve.Add([5], [double.NaN]);

        Assert.Equal([double.NaN], curve.Y);
    }

    [Fact]
    public void Add_UnequalLengths_IsRefused() =>
        Assert.Contains("1 places against 2 values", Assert.Throws<ArgumentException>(() => new MeanCurve().Add([1], [1, 2])).Message, StringComparison.Ordinal);
}
