using Cdam.Scoring.Localization;

namespace Cdam.Scoring.Tests.Localization;

public sealed class PositiveMassTests
{
    // Scores and shares below are sums of powers of two: exact.
    private static readonly float[] Scores = [4, -2, 1, 3];

    [Fact]
    public void ShareOfTwo_NegativeScores_CountForNeither() =>
        Assert.Equal(0.8, PositiveMass.ShareOfTwo(Scores, [1, 1, 0, 0], [0, 0, 1, 0])!.Value, 12);

    [Fact]
    public void ShareOfTwo_HalfCoveredCell_CountsHalf() =>
        Assert.Equal(2.0 / 5, PositiveMass.ShareOfTwo(Scores, [0.5f, 0, 0, 0], [0, 0, 0, 1])!.Value, 12);

    [Fact]
    public void ShareOfTwo_NothingPositiveOnEither_HasNone() =>
        Assert.Null(PositiveMass.ShareOfTwo(Scores, [0, 1, 0, 0], [0, 0, 0, 0]));

    [Fact]
    public void ShareWithin_OfAllPositiveMass() =>
        Assert.Equal(0.5, PositiveMass.ShareWithin(Scores, [1, 1, 0, 0])!.Value, 12);

    [Fact]
    public void ShareWithin_NoPositiveScore_HasNone() => Assert.Null(PositiveMass.ShareWithin([-1, 0], [1, 1]));

    [Fact]
    public void Within_OtherLength_Refused() =>
        Assert.Contains("coverage has 3 cells for 4 scores", Assert.Throws<ArgumentException>(() => PositiveMass.Within(Scores, [1, 1, 1])).Message);

    [Fact]
    public void Within_NotFinite_Refused() => Assert.Throws<ArgumentException>(() => PositiveMass.Within([float.NaN], [1]));
}
