using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;

namespace Cdam.Attribution.Tests.Rendering;

public sealed class MapRendererTests
{
    private static readonly MapRenderer Plain = new(new MapStyle());

    [Fact]
    public void HeatMap_Repeat_PaintsEachTokenAsABlockScaledByTheLargestMagnitude()
    {
        var map = Plain.HeatMap([2, -4, 0, 1], 2, 2, 4, 4);
        Assert.Equal((128, 83, 0), Pixel(map, 0, 0));
        Assert.Equal((128, 83, 0), Pixel(map, 1, 1));
        Assert.Equal((0, 227, 255), Pixel(map, 2, 0));
        Assert.Equal((0, 227, 255), Pixel(map, 3, 1));
        Assert.Equal((0, 0, 0), Pixel(map, 1, 3));
        Assert.Equal((64, 42, 0), Pixel(map, 3, 3)); // a quarter: 63.75, 41.5
    }

    [Fact]
    public void HeatMap_ScoresTimesAnyFactor_LooksTheSame()
    {
        float[] scores = [0.3f, -0.1f, 0.7f, 0.2f];
        var expected = Plain.HeatMap(scores, 2, 2, 6, 6).Rgb;
        foreach (var factor in new[] { 1f / 1024, 4096f, MathF.Pow(2, 120), MathF.Pow(2, -120) })
        {
            Assert.Equal(expected, Plain.HeatMap([.. scores.Select(s => s * factor)], 2, 2, 6, 6).Rgb);
        }
    }

    [Fact]
    public void HeatMap_UnsignedScores_UseThePositiveSideOnly() =>
        Assert.All(Plain.HeatMap([0.1f, 0.2f, 0.4f], 1, 3, 3, 1).Rgb.Chunk(3), pixel => Assert.Equal(0, pixel[2]));

    [Theory]
    [InlineData(Upsampling.Repeat, false)]
    [InlineData(Upsampling.Bilinear, true)]
    public void HeatMap_AllZeros_IsBlack(Upsampling upsampling, bool clip)
    {
        var renderer = new MapRenderer(new MapStyle { Upsampling = upsampling, Clip = clip });
        Assert.All(renderer.HeatMap(new float[6], 2, 3, 9, 4).Rgb, v => Assert.Equal(0, v));
    }

    [Fact]
    public void HeatMap_Bilinear_InterpolatesScoresBetweenCentres()
    {
        // Centres at 0.5 and 2.5 of 4: weights 0, 0.25, 0.75, 1 of 1 → −1, so 1, 0.5, −0.5, −1: across zero, through black.
        var map = new MapRenderer(new MapStyle { Upsampling = Upsampling.Bilinear }).HeatMap([1, -1], 1, 2, 4, 1);
        Assert.Equal((255, 166, 0), Pixel(map, 0, 0));
        Assert.Equal((128, 83, 0), Pixel(map, 1, 0));
        Assert.Equal((0, 113, 128), Pixel(map, 2, 0));
        Assert.Equal((0, 227, 255), Pixel(map, 3, 0));
        Assert.Equal(map.Rgb, new MapRenderer(new MapStyle { Upsampling = Upsampling.Bilinear }).HeatMap([1, -1], 2, 1, 1, 4).Rgb);
    }

    [Fact]
    public void HeatMap_Clip_ScalesByTheQuantileNotTheOutlier()
    {
        // Sorted: −100, 997 zeros, 1, 2, 1000. Of 1001 scores, quantile 0.999 lies at position 999 exactly, and 0.001 at position 1.
        var scores = Enumerable.Repeat(0f, 997).Append(2).Append(1).Append(-100).Append(1000).ToArray();
        var clipped = new MapRenderer(new MapStyle { Clip = true }).HeatMap(scores, 1, 1001, 1001, 1);
        Assert.Equal((255, 166, 0), Pixel(clipped, 997, 0)); // 2: the quantile
        Assert.Equal((128, 83, 0), Pixel(clipped, 998, 0)); // 1
        Assert.Equal((0, 0, 0), Pixel(clipped, 999, 0)); // −100, clipped to position 1: zero
        Assert.Equal((255, 166, 0), Pixel(clipped, 1000, 0)); // 1000, clipped
        Assert.Equal((1, 0, 0), Pixel(Plain.HeatMap(scores, 1, 1001, 1001, 1), 997, 0));
    }

    [Fact]
    public void HeatMap_ClipBetweenTwoScores_InterpolatesLinearly()
    {
        // Of 3 scores, quantile 0.999 lies at position 1.998: 1 + 0.998 · (2 − 1) = 1.998; so 1 is drawn at 1 / 1.998.
        var map = new MapRenderer(new MapStyle { Clip = true }).HeatMap([0, 1, 2], 1, 3, 3, 1);
        Assert.Equal(DivergingColors.OnBlack(1 / 1.998), Pixel(map, 1, 0));
        Assert.Equal((255, 166, 0), Pixel(map, 2, 0));
    }

    [Fact]
    public void Overlay_ZeroScore_LeavesTheSubduedPictureAndTheStrongestCoversIt()
    {
        // Grey stays grey at three quarters of its brightness: 150. At 1 · 0.8: 0.8 · hue + 0.2 · 150.
        var picture = new PixelImage(2, 1, [200, 200, 200, 200, 200, 200]);
        var overlay = Plain.Overlay([0, -3], 1, 2, picture);
        Assert.Equal((150, 150, 150), Pixel(overlay, 0, 0));
        Assert.Equal((30, 212, 234), Pixel(overlay, 1, 0)); // 30, 181.56 + 30, 204 + 30
        Assert.All(picture.Rgb, v => Assert.Equal(200, v));
    }

    [Fact]
    public void Overlay_ColouredPicture_KeepsAQuarterOfTheColour()
    {
        // Red 200 is grey 59.8: 0.75 · (0.75 · 59.8 + 0.25 · 200) = 71.1, and 0.75 · 0.75 · 59.8 = 33.6.
        var overlay = Plain.Overlay([0], 1, 1, new PixelImage(1, 1, [200, 0, 0]));
        Assert.Equal((71, 34, 34), Pixel(overlay, 0, 0));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void HeatMap_ScoreNotFinite_IsRefused(float score)
    {
        var refused = Assert.Throws<ArgumentException>(() => Plain.HeatMap([1, score], 1, 2, 2, 2));
        Assert.Contains("Score 1", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Plain.Overlay([score], 1, 1, new PixelImage(1, 1, new byte[3])));
    }

    [Theory]
    [InlineData(2, 2, 4, 4)]
    [InlineData(0, 3, 4, 4)]
    [InlineData(-1, -3, 4, 4)]
    [InlineData(1, 3, 0, 4)]
    [InlineData(1, 3, 4, 0)]
    public void HeatMap_SizesAtOdds_AreRefused(int rows, int columns, int width, int height) =>
        Assert.ThrowsAny<ArgumentException>(() => Plain.HeatMap([1, 2, 3], rows, columns, width, height));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void MapRenderer_OpacityOutOfRange_IsRefused(double opacity) =>
        Assert.Throws<ArgumentException>(() => new MapRenderer(new MapStyle { Opacity = opacity }));

    [Fact]
    public void MapRenderer_UnknownUpsampling_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new MapRenderer(new MapStyle { Upsampling = (Upsampling)7 }));

    private static (byte, byte, byte) Pixel(PixelImage image, int x, int y)
    {
        var i = (y * image.Width + x) * 3;
        return (image.Rgb[i], image.Rgb[i + 1], image.Rgb[i + 2]);
    }
}
