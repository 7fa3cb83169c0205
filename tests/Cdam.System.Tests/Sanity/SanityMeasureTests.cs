using Cdam.Cli.Sanity;

namespace Cdam.System.Tests.Sanity;

public sealed class SanityMeasureTests
{
    [Fact]
    public void Of_Values_IsTheirMeanAndDeviation()
    {
        var measure = SanityMeasure.Of([0.25, double.NaN, 0.75, 0.5]);
        Assert.Equal(new SanityMeasure(0.5, 0.25, 3), measure);    // √((0.0625 + 0.0625 + 0) / 2)
        Assert.Equal(1.96 * 0.25 / Math.Sqrt(3), measure.Confidence, 1e-15);
    }

    [Fact]
    public void Of_OneValueOrNone_HasNoDeviation()
    {
        Assert.Equal(new SanityMeasure(0.5, null, 1), SanityMeasure.Of([0.5]));
        Assert.Equal(new SanityMeasure(null, null, 0), SanityMeasure.Of([double.NaN]));
        Assert.Equal(0, SanityMeasure.Of([0.5]).Confidence);
    }

    [Fact]
    public void Mean_OfMaps_LeavesOutWhatIsNotDefined()
    {
        var mean = MapLikeness.Mean([new(0.5, double.NaN, 0), new(double.NaN, double.NaN, 1)]);
        Assert.Equal(new MapLikeness(0.5, double.NaN, 0.5), mean);
    }
}
