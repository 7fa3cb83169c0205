using Cdam.Scoring.Collecting;
using Cdam.Scoring.Maps;
using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Tests.Collecting;

public sealed class MapMetricsTests
{
    private static readonly PixelMap Map = PixelMap.OfTokens(new float[] { 4, -2, 1, 3 }, 2, 2, patchSize: 2);

    [Fact]
    public void Of_Mask_MeasuresPixelsUnderIt()
    {
        // The patch of 4 wholly, half of the patch of −2.
        byte[] mask = [1, 1, 9, 0, 1, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        var values = MapMetrics.Of(Map, mask).ToDictionary(value => value.Metric.Name, value => value.Value);

        Assert.Equal((0.5, 1.0), (values["positive_mass_inside"], values["pointing_game"]));
        // Four pixels beat all ten outside; two lose to eight and tie with two.
        Assert.Equal((40.0 + 2) / 60, values["roc_area"], 1e-12);
    }

    [Fact]
    public void Of_Map_HasCompactnessOfBothKinds() =>
        Assert.Equal([new MetricValue(Compactness.Definition, 0.25), new MetricValue(AbsoluteCompactness.Definition, 0)], MapMetrics.Of(Map));

    [Fact]
    public void Of_MaskOfOtherSize_IsRefused() =>
        Assert.Contains("mask has 4 bytes; 4 × 4 are needed", Assert.Throws<ArgumentException>(() => MapMetrics.Of(Map, new byte[4])).Message, StringComparison.Ordinal);
}
