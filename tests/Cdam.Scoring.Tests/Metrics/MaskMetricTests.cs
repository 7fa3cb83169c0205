using Cdam.Scoring.Metrics;
using CsCheck;

namespace Cdam.Scoring.Tests.Metrics;

public sealed class MaskMetricTests
{
    [Fact]
    public void PositiveMassInside_HandWorked_CountsPositiveScoresOnly() =>
        // 4 + 1 of 4 + 1 + 3.
        Assert.Equal(0.625, PositiveMassInside.Of([4, -8, 1, 3], [1, 1, 1, 0]));

    [Fact]
    public void PositiveMassInside_NothingPositiveOrNoObject_IsUndefined()
    {
        Assert.Equal(double.NaN, PositiveMassInside.Of([0, -1], [1, 0]));
        Assert.Equal(double.NaN, PositiveMassInside.Of([1, 2], [0, 0]));
    }

    [Fact]
    public void PointingGame_LargestScore_HitsOrMisses()
    {
        Assert.Equal(1, PointingGame.Of([-3, -1, -2], [0, 1, 0]));
        Assert.Equal(0, PointingGame.Of([-3, -1, -2], [1, 0, 1]));
    }

    [Fact]
    public void PointingGame_TiedScores_GiveTheChanceOfAHit()
    {
        Assert.Equal(0.5, PointingGame.Of([2, 1, 2], [1, 1, 0]));
        Assert.Equal(0.25, PointingGame.Of([7, 7, 7, 7], [0, 0, 1, 0]));
    }

    [Fact]
    public void PointingGame_NoObject_IsUndefined() => Assert.Equal(double.NaN, PointingGame.Of([2, 1], [0, 0]));

    [Fact]
    public void RocArea_AnyScores_IsTheShareOfPairsWon()
    {
        // Few distinct scores make ties frequent.
        Gen.Select(Gen.Int[-3, 3], Gen.Bool).Array[1, 40].Sample(cells =>
        {
            var scores = cells.Select(cell => (float)cell.Item1).ToArray();
            var inside = cells.Where(cell => cell.Item2).Select(cell => cell.Item1).ToArray();
            var outside = cells.Where(cell => !cell.Item2).Select(cell => cell.Item1).ToArray();
            var won = inside.Sum(high => outside.Sum(low => high > low ? 1 : high == low ? 0.5 : 0));

            // 0 / 0, which is NaN, without pairs.
            Assert.Equal(won / (inside.Length * outside.Length), RocArea.Of(scores, [.. cells.Select(cell => cell.Item2 ? 1f : 0f)]), 1e-12);
        });
    }

    [Fact]
    public void RocArea_PartlyCoveredCells_EqualsThatOfTheirPixels()
    {
        // Two pixels a cell; the second cell is half on the object.
        Assert.Equal(RocArea.Of([3, 3, 1, 1, 2, 2], [1, 1, 1, 0, 0, 0]), RocArea.Of([3, 1, 2], [1, 0.5f, 0]), 1e-12);
    }

    [Fact]
    public void RocArea_ConstantMap_IsThatOfAGuess() => Assert.Equal(0.5, RocArea.Of([1, 1, 1], [1, 0, 0]));

    [Fact]
    public void RocArea_NoObjectOrNothingElse_IsUndefined()
    {
        Assert.Equal(double.NaN, RocArea.Of([1, 2], [0, 0]));
        Assert.Equal(double.NaN, RocArea.Of([1, 2], [1, 1]));
    }

    [Fact]
    public void MaskMetrics_SizesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => PositiveMassInside.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PointingGame.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RocArea.Of([1, 2], [1]));
    }
}
