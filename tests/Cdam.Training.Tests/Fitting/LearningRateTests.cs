using Cdam.Training.Fitting;

namespace Cdam.Training.Tests.Fitting;

public sealed class LearningRateTests
{
    // 12 digits: the cosine of π/2 is 6e-17, not 0.
    private const int Digits = 12;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(6, 0.55)]
    [InlineData(10, 0.1)]
    [InlineData(11, 0.1)]
    public void WarmupCosine_RisesThenFallsToTheFloor(double time, double factor) =>
        Assert.Equal(factor, LearningRate.WarmupCosine(epochs: 10, warmup: 2, floor: 0.1)(time), Digits);

    [Fact]
    public void WarmupCosine_NoWarmup_StartsAtTheTop() => Assert.Equal(1, LearningRate.WarmupCosine(10, 0, 0)(0));

    [Fact]
    public void WarmupCosine_WarmupAsLongAsTheTraining_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.WarmupCosine(2, 2, 0));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.9, 1)]
    [InlineData(1, 0.95)]
    [InlineData(2.5, 0.9025)]
    public void Exponential_FallsAfterWholeEpochs(double time, double factor) =>
        Assert.Equal(factor, LearningRate.Exponential(0.95)(time), Digits);

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(2, 0.6)]
    [InlineData(4, 1)]
    [InlineData(8, 0.2)]
    [InlineData(12, 0.6)]
    [InlineData(16, 0.2)]
    [InlineData(20, 0.4)]
    public void Triangular2_HalvesItsHeightEachCycle(double time, double factor) =>
        Assert.Equal(factor, LearningRate.Triangular2(halfCycle: 4, floor: 0.2)(time), Digits);
}
