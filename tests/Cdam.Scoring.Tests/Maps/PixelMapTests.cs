using Cdam.Scoring.Maps;
using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Tests.Maps;

public sealed class PixelMapTests
{
    [Fact]
    public void OfTokens_TwoByThreePatches_RepeatsEachScoreOverItsSquare()
    {
        var map = PixelMap.OfTokens(new float[] { 1, 2, 3, 4, 5, 6 }, rows: 2, columns: 3, patchSize: 2);

        Assert.Equal((4, 6), (map.Height, map.Width));
        Assert.Equal(
            [
                1, 1, 2, 2, 3, 3,
                1, 1, 2, 2, 3, 3,
                4, 4, 5, 5, 6, 6,
                4, 4, 5, 5, 6, 6,
            ],
            map.Scores.ToArray());
    }

    [Fact]
    public void OfTokens_Bilinear_InterpolatesBetweenCentresAndHoldsBeyond() =>
        // Pixel centres lie 1/4 and 3/4 into a patch of 2; down, patches of the same scores plus 8.
        Assert.Equal(
            [
                0, 1, 3, 4,
                2, 3, 5, 6,
                6, 7, 9, 10,
                8, 9, 11, 12,
            ],
            PixelMap.OfTokens(new float[] { 0, 4, 8, 12 }, rows: 2, columns: 2, patchSize: 2, MapExpansion.Bilinear).Scores.ToArray());

    [Fact]
    public void OfTokens_BilinearOverEqualScores_KeepsThemEqual()
    {
        // Ties must survive: a map with an empty region ranks it by position.
        var map = PixelMap.OfTokens(new float[] { 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.7f }, 2, 3, 16, MapExpansion.Bilinear);

        Assert.All(map.Scores.Span[..16].ToArray(), score => Assert.Equal(0.1f, score));
    }

    [Fact]
    public void Rank_MapOfPixels_LeavesItsScoresAlone()
    {
        var scores = new float[] { 3, 1, 2, 1 };
        var map = PixelMap.OfPixels(scores, 2, 2);

        Assert.Equal([0, 2, 1, 3], map.Rank(PixelOrder.MostImportantFirst));
        Assert.Equal([3, 1, 2, 1], scores);
    }

    [Fact]
    public void OfPixels_WrongNumberOfScores_NamesBothNumbers() =>
        Assert.Contains("3 scores; 2 × 2 are needed", Assert.Throws<ArgumentException>(() => PixelMap.OfPixels(new float[3], 2, 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(4, 2, 3, 1)] // scores that do not fill the grid
    [InlineData(4, 2, 2, 0)] // no pixels
    [InlineData(4, 2, 2, 40_000)] // 6.4e9 pixels
    public void OfTokens_SizesThatDoNotFit_AreRefused(int scores, int rows, int columns, int patch) =>
        Assert.ThrowsAny<ArgumentException>(() => PixelMap.OfTokens(new float[scores], rows, columns, patch));

    [Fact]
    public void OfTokens_ScoreThatIsNotFinite_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PixelMap.OfTokens(new[] { 1, float.NaN }, 1, 2, 1));
}
