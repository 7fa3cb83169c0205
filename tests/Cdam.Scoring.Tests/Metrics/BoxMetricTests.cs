using Cdam.Scoring.Metrics;

namespace Cdam.Scoring.Tests.Metrics;

public sealed class BoxMetricTests
{
    [Fact]
    public void BoxSensitivityArea_HandWorkedCorrelations_IsTheTrapezoidOverSides() =>
        // 8 × (0 + 0.5) / 2 + 16 × (0.5 + 1) / 2.
        Assert.Equal(14, BoxSensitivityArea.Of([8, 16, 32], [0, 0.5, 1]));

    [Fact]
    public void MeanBoxCorrelation_HandWorkedCorrelations_IsTheirMean() => Assert.Equal(0.5, MeanBoxCorrelation.Of([0, 0.5, 1]));

    [Fact]
    public void BoxMetrics_UndefinedCorrelation_AreUndefined()
    {
        Assert.Equal(double.NaN, BoxSensitivityArea.Of([8, 16], [0.5, double.NaN]));
        Assert.Equal(double.NaN, MeanBoxCorrelation.Of([0.5, double.NaN]));
        Assert.Equal(double.NaN, BoxDiscrimination.Of(1, double.NaN));
    }

    [Fact]
    public void Discrimination_RightMapBetter_IsPositive()
    {
        Assert.Equal(3, FidelityDiscrimination.Of(rightMap: 5, wrongMap: 2));
        Assert.Equal(3, BoxDiscrimination.Of(rightMap: 2, wrongMap: -1));
    }
}
