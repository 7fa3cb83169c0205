using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class PixelCountTests
{
    [Theory]
    [InlineData(50_176, 10, 5018)]
    [InlineData(5, 10, 0)] // 0.5 rounds to the even 0
    [InlineData(15, 10, 2)] // 1.5 rounds to the even 2
    [InlineData(25, 10, 2)] // 2.5 rounds to the even 2
    [InlineData(7, 0, 0)]
    [InlineData(7, 100, 7)]
    public void Of_Percentage_RoundsHalvesToEven(int pixels, double percent, int expected) =>
        Assert.Equal(expected, PixelCount.Of(pixels, percent));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Of_NoPercentage_IsRefused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelCount.Of(10, percent));
}
