using Cdam.Attribution.Rendering;

namespace Cdam.Attribution.Tests.Rendering;

public sealed class DivergingColorsTests
{
    // 0.651 · 255 = 166.005, 0.890 · 255 = 226.95; half of them 83.0 and 113.5 (113.475).
    [Theory]
    [InlineData(0.0, 0, 0, 0)]
    [InlineData(1.0, 255, 166, 0)]
    [InlineData(-1.0, 0, 227, 255)]
    [InlineData(0.5, 128, 83, 0)]
    [InlineData(-0.5, 0, 113, 128)]
    public void OnBlack_Value_IsLinearInItsMagnitude(double value, int red, int green, int blue) =>
        Assert.Equal((red, green, blue), DivergingColors.OnBlack(value));

    // Over (100, 200, 40): zero leaves it; 1 at 0.8 is 0.8 · hue + 0.2 · pixel; −0.5 at 0.8 is 0.4 · hue + 0.6 · pixel.
    [Theory]
    [InlineData(0.0, 0.8, 100, 200, 40)]
    [InlineData(1.0, 0.8, 224, 173, 8)]
    [InlineData(-0.5, 0.8, 60, 211, 126)]
    [InlineData(-1.0, 0.0, 100, 200, 40)]
    [InlineData(1.0, 1.0, 255, 166, 0)]
    public void Over_Value_CoversByMagnitudeTimesOpacity(double value, double opacity, int red, int green, int blue) =>
        Assert.Equal((red, green, blue), DivergingColors.Over(value, opacity, (100, 200, 40)));
}
