using Cdam.Scoring.Perturbations;
using CsCheck;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class RankPlanTests
{
    [Fact]
    public void Encode_ThreeSteps_GivesEachPixelItsFirstStep()
    {
        var plan = RankPlan.Encode([4, 2, 0, 1, 3], [1, 1, 3]);

        Assert.Equal(3, plan.StepCount);
        Assert.Equal([2, 255, 2, 255, 0], plan.FirstStep.ToArray());
    }

    [Fact]
    public void Encode_AnyRanking_ReplacesTheFirstPixelsOfTheRankingAtEachStep()
    {
        var input =
            from pixels in Gen.Int[1, 80]
            from ranking in Gen.Shuffle(Enumerable.Range(0, pixels).ToArray())
            from counts in Gen.Int[0, pixels].Array[1, 255]
            select (ranking, counts: counts.Order().ToArray());
        input.Sample(sample =>
        {
            var plan = RankPlan.Encode(sample.ranking, sample.counts).FirstStep.ToArray();
            for (var step = 0; step < sample.counts.Length; step++)
            {
                var replaced = Enumerable.Range(0, plan.Length).Where(pixel => plan[pixel] <= step);
                Assert.Equal(sample.ranking.Take(sample.counts[step]).Order(), replaced);
            }
        }, iter: 200);
    }

    [Fact]
    public void ReplacesAlike_RankingsThatDifferWithinAStep_IsTrue()
    {
        var plan = RankPlan.Encode([0, 1, 2, 3], [2]);

        Assert.True(plan.ReplacesAlike(RankPlan.Encode([1, 0, 3, 2], [2])));
        Assert.False(plan.ReplacesAlike(RankPlan.Encode([0, 2, 1, 3], [2])));
        Assert.False(plan.ReplacesAlike(RankPlan.Encode([0, 1, 2, 3], [2, 2])));
    }

    [Fact]
    public void ReplacesAlike_StepsOfAnyTwoPlans_ComparesTheirPixels()
    {
        // Lengths on both sides of a vector's 16 to 64 bytes; few distinct counts make equal sets frequent.
        var input =
            from pixels in Gen.Int[1, 150]
            from first in Gen.Shuffle(Enumerable.Range(0, pixels).ToArray())
            from keeps in Gen.Bool
            from second in Gen.Shuffle(Enumerable.Range(0, pixels).ToArray())
            from count in Gen.Int[0, pixels]
            select (first, second: keeps ? first : second, count);
        input.Sample(sample =>
        {
            var one = RankPlan.Encode(sample.first, [0, sample.count]);
            var other = RankPlan.Encode(sample.second, [sample.count]);

            var expected = sample.first.Take(sample.count).ToHashSet().SetEquals(sample.second.Take(sample.count));
            Assert.Equal(expected, one.ReplacesAlike(1, other, 0));
            Assert.Equal(sample.count == 0, one.ReplacesAlike(0, other, 0));
        });
    }

    [Theory]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { 5 })]
    [InlineData(new int[0])]
    public void Encode_CountsThatDoNotAscendWithinThePicture_AreRefused(int[] counts) =>
        Assert.Throws<ArgumentException>(() => RankPlan.Encode([0, 1, 2, 3], counts));
}
