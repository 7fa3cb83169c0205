using Cdam.Scoring.Perturbations;
using CsCheck;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class BoxSamplerTests
{
    [Fact]
    public void Draw_AnyPicture_StaysWithinIt()
    {
        var input =
            from height in Gen.Int[1, 60]
            from width in Gen.Int[1, 60]
            from side in Gen.Int[1, Math.Min(height, width)]
            from seed in Gen.ULong
            select (height, width, side, seed);
        input.Sample(sample =>
        {
            var boxes = BoxSampler.Draw(sample.seed, image: 3, sample.side, sample.height, sample.width, count: 40);

            Assert.Equal(40, boxes.Corners.Count);
            Assert.All(boxes.Corners, corner =>
            {
                Assert.InRange(corner.Top, 0, sample.height - sample.side);
                Assert.InRange(corner.Left, 0, sample.width - sample.side);
            });
        }, iter: 200);
    }

    [Fact]
    public void Draw_SmallPicture_ReachesEveryPlaceEquallyOften()
    {
        // 5 × 3 places, 15 000 draws: 1000 each, standard deviation 31; 150 is nearly five of them.
        var places = BoxSampler.Draw(seed: 1, image: 2, side: 4, height: 8, width: 6, count: 15_000).Corners.CountBy(corner => corner).ToList();

        Assert.Equal(15, places.Count);
        Assert.All(places, place => Assert.InRange(place.Value, 850, 1150));
    }

    [Fact]
    public void Draw_LongerDraw_BeginsWithTheShorter() =>
        Assert.Equal(
            BoxSampler.Draw(5, 6, 16, 224, 224, count: 10).Corners,
            BoxSampler.Draw(5, 6, 16, 224, 224).Corners.Take(10));

    [Fact]
    public void Draw_OtherSeedImageOrSide_DrawsOthers()
    {
        var all = new[] { (1UL, 2UL, 16), (2UL, 2UL, 16), (1UL, 1UL, 16), (2UL, 1UL, 16), (1UL, 2UL, 17) }
            .Select(key => BoxSampler.Draw(key.Item1, key.Item2, key.Item3, 224, 224, count: 8).Corners[0]);

        Assert.Equal(5, all.Distinct().Count());
    }

    [Fact]
    public void Draw_FixedArguments_IsTheSameInEveryRelease() =>
        // A session that is resumed by another release must go on with the same boxes; computed apart, in Python's integers.
        Assert.Equal([(94, 195), (16, 87), (30, 157)], BoxSampler.Draw(seed: 7, image: 11, side: 32, height: 224, width: 336, count: 3).Corners);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(33, 100)]
    [InlineData(8, 1)]
    public void Draw_SideOrCountThatCannotBe_IsRefused(int side, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BoxSampler.Draw(0, 0, side, 32, 64, count));
}
