using Cdam.Scoring.Perturbations;
using CsCheck;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class RankingTests
{
    [Fact]
    public void OfPixels_TiedScores_KeepTheLowerIndexFirstInBothOrders()
    {
        float[] scores = [1, -2, 1, 0f, -0f, 3];

        Assert.Equal([5, 0, 2, 3, 4, 1], Ranking.OfPixels(scores, PixelOrder.MostImportantFirst));
        Assert.Equal([1, 3, 4, 0, 2, 5], Ranking.OfPixels(scores, PixelOrder.LeastImportantFirst));
    }

    [Fact]
    public void OfPixels_AnyScores_EqualsAStableSort()
    {
        // Few distinct values make ties frequent; the free floats cover every exponent.
        var score = Gen.OneOf(Gen.Int[-2, 2].Select(i => (float)i), Gen.Float.Where(float.IsFinite));
        score.Array[0, 60].Sample(scores =>
        {
            var indices = Enumerable.Range(0, scores.Length).ToArray();
            Assert.Equal(indices.OrderByDescending(i => scores[i]), Ranking.OfPixels(scores, PixelOrder.MostImportantFirst));
            Assert.Equal(indices.OrderBy(i => scores[i]), Ranking.OfPixels(scores, PixelOrder.LeastImportantFirst));
        });
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void OfPixels_ScoreThatIsNotFinite_IsRefusedByItsPosition(float score)
    {
        var fault = Assert.Throws<ArgumentException>(() => Ranking.OfPixels([0, score], PixelOrder.MostImportantFirst));

        Assert.Contains("scores[1]", fault.Message, StringComparison.Ordinal);
    }
}
