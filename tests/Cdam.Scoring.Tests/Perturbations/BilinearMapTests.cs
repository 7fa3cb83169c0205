using Cdam.Scoring.Perturbations;

namespace Cdam.Scoring.Tests.Perturbations;

public sealed class BilinearMapTests
{
    /// <summary>Pixel centres of a patch of 4 lie 1/8, 3/8, 5/8 and 7/8 along it; the patches' centres 1/2.</summary>
    [Fact]
    public void OverPixels_TwoPatches_AreJoinedByALineBetweenTheirCentres()
    {
        float[] row = [0, 0, 1, 3, 5, 7, 8, 8];
        var across = BilinearMap.OverPixels([0, 8], 1, 2, 4);
        Assert.Equal([.. row, .. row, .. row, .. row], across);
        Assert.Equal(row.SelectMany(value => Enumerable.Repeat(value, 4)), BilinearMap.OverPixels([0, 8], 2, 1, 4));
    }

    [Fact]
    public void OverPixels_OddPatches_KeepTheScoresAtTheirCentres()
    {
        float[] scores = [3, -1, 4, 1, -5, 9];
        var pixels = BilinearMap.OverPixels(scores, 2, 3, 5);
        Assert.Equal(scores, Enumerable.Range(0, 6).Select(patch => pixels[((patch / 3 * 5) + 2) * 15 + (patch % 3 * 5) + 2]));
        Assert.Equal((-5f, 9f), (pixels.Min(), pixels.Max()));
    }

    [Fact]
    public void OverPixels_ABilinearFunction_IsThatFunctionBetweenTheCentres()
    {
        float[] scores = [.. Enumerable.Range(0, 12).Select(patch => Plane(patch / 4, patch % 4))];
        var pixels = BilinearMap.OverPixels(scores, 3, 4, 6);
        for (var y = 3; y < 15; y++)
        {
            for (var x = 3; x < 21; x++)
            {
                // float32 rounds at values up to 20.
                Assert.Equal(Plane(((y + 0.5) / 6) - 0.5, ((x + 0.5) / 6) - 0.5), pixels[(y * 24) + x], 1e-5);
            }
        }
    }

    [Fact]
    public void OverPixels_OnePixelPatches_AreTheScores() =>
        Assert.Equal([1f, 2f, 3f, 4f, 5f, 6f], BilinearMap.OverPixels([1, 2, 3, 4, 5, 6], 2, 3, 1));

    [Fact]
    public void OverPixels_WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => BilinearMap.OverPixels([1, 2, 3], 2, 2, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => BilinearMap.OverPixels([1], 1, 1, 0));
    }

    private static float Plane(double row, double column) => (float)(2 + (3 * row) - column + (0.5 * row * column));
}
