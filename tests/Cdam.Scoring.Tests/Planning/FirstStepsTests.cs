using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;
using Cdam.Scoring.Planning;
using CsCheck;

namespace Cdam.Scoring.Tests.Planning;

public sealed class FirstStepsTests
{
    /// <summary>Ties within and beyond patches, scores that share the upper half of their bits, and zeros of both signs.</summary>
    private static readonly Gen<float> Scores = Gen.OneOf(
        Gen.Int[-2, 2].Select(score => score == 0 ? -0f : score),
        Gen.Int[0, 40].Select(step => 1 + (step * 1.1920929e-7f)),
        Gen.Float[-1, 1]);

    private static readonly Gen<PixelMap> Maps =
        from rows in Gen.Int[1, 6]
        from columns in Gen.Int[2, 6]
        from patch in Gen.Int[1, 4]
        from expansion in Gen.Bool
        from scores in Scores.Array[rows * columns]
        select PixelMap.OfTokens(scores, rows, columns, patch, expansion ? MapExpansion.Repetition : MapExpansion.Bilinear);

    [Fact]
    public void Of_AnyMap_IsWhatItsRankingsEncode()
    {
        var input =
            from maps in Maps.Array[2]
            from counts in Gen.Int[1, 1000].Array[1, 30]
            select (maps, counts);
        input.Sample(sample =>
        {
            foreach (var map in sample.maps)
            {
                int[] counts = [.. sample.counts.Select(count => 1 + (count % (map.Scores.Length - 1))).Distinct().Order()];
                var steps = new FirstSteps(counts, map.Scores.Length);

                // Twice, since nothing of the map before may be left.
                steps.Of(sample.maps[0].Scores.Length == map.Scores.Length ? sample.maps[0] : map);
                var (most, least) = steps.Of(map);

                Assert.Equal(RankPlan.Encode(map.Rank(PixelOrder.MostImportantFirst), counts).FirstStep.ToArray(), most.FirstStep.ToArray());
                Assert.Equal(RankPlan.Encode(map.Rank(PixelOrder.LeastImportantFirst), counts).FirstStep.ToArray(), least.FirstStep.ToArray());
            }
        }, iter: 500);
    }

    [Fact]
    public void Only_SomeSteps_KeepsTheirSets()
    {
        var plan = RankPlan.Encode([4, 2, 0, 1, 3], [1, 2, 4]);

        var kept = plan.Only([0, 2]);

        Assert.Equal(RankPlan.Encode([4, 2, 0, 1, 3], [1, 4]).FirstStep.ToArray(), kept.FirstStep.ToArray());
        Assert.Equal(2, kept.StepCount);
    }
}
