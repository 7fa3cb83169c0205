using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class PreprocessorTests
{
    private static readonly PreprocessingOptions AsIs = new() { Resize = ResizeMode.None, Crop = null };

    // torchvision: the longer side is int(S * longer / shorter).
    [Theory]
    [InlineData(61, 43, 20, 28, 20)] // 28.37
    [InlineData(43, 61, 20, 20, 28)]
    [InlineData(50, 30, 33, 55, 33)] // exactly 55
    [InlineData(47, 30, 59, 92, 59)] // 92.43
    [InlineData(30, 30, 7, 7, 7)]
    [InlineData(61, 43, 43, 61, 43)]
    public void Prepare_ShorterSide_LongerIsTruncated(int width, int height, int side, int preparedWidth, int preparedHeight)
    {
        var prepared = new Preprocessor(AsIs with { Resize = ResizeMode.ShorterSide, Side = side }, 1).Prepare(Ramp(width, height));
        Assert.Equal((preparedWidth, preparedHeight), (prepared.Picture.Width, prepared.Picture.Height));
        Assert.Equal(new SourceRegion(0, 0, width, height), prepared.SourceRegion);
    }

    [Fact]
    public void Prepare_Exact_LosesTheProportions()
    {
        var picture = ReferencePictures.Resize("scene");
        var options = AsIs with { Resize = ResizeMode.Exact, Side = 32, Kernel = ResizeKernel.Bilinear };
        var prepared = new Preprocessor(options, 8).Prepare(picture);
        Assert.Equal(PillowResize.Resize(picture, 32, 32, ResizeKernel.Bilinear).Rgb, prepared.Picture.Rgb);
    }

    // Python: int(round((size - crop) / 2.0)), halves to even.
    [Theory]
    [InlineData(10, 4, 3)]
    [InlineData(9, 4, 2)] // 2.5
    [InlineData(11, 4, 4)] // 3.5
    [InlineData(5, 4, 0)] // 0.5
    [InlineData(7, 4, 2)] // 1.5
    [InlineData(4, 4, 0)]
    public void Prepare_Crop_OffsetRoundsHalfToEven(int size, int crop, int offset)
    {
        var prepared = new Preprocessor(AsIs with { Crop = crop }, 2).Prepare(Ramp(size, size));
        Assert.Equal(new SourceRegion(offset, offset, crop, crop), prepared.SourceRegion);
        Assert.Equal((offset, offset), (prepared.Picture.Rgb[0], prepared.Picture.Rgb[1]));
        Assert.Equal((offset + crop - 1, offset + crop - 1), (prepared.Picture.Rgb[^3], prepared.Picture.Rgb[^2]));
    }

    [Fact]
    public void Prepare_SmallerThanTheCrop_IsPaddedWithBlack()
    {
        // 3 × 7 into 6 × 6: one column of padding on the left, two on the right; rows cut at round(0.5) = 0.
        var prepared = new Preprocessor(AsIs with { Crop = 6 }, 6).Prepare(Ramp(3, 7));
        Assert.Equal(new SourceRegion(-1, 0, 6, 6), prepared.SourceRegion);
        for (var y = 0; y < 6; y++)
        {
            var blue = Enumerable.Range(0, 6).Select(x => prepared.Picture.Rgb[(y * 6 + x) * 3 + 2]);
            Assert.Equal<byte>([0, 9, 9, 9, 0, 0], blue);
        }
    }

    [Fact]
    public void Prepare_TrimToPatch_CutsOnTheRightAndAtTheBottom()
    {
        var prepared = new Preprocessor(AsIs with { TrimToPatch = true }, 8).Prepare(Ramp(30, 17));
        Assert.Equal(new SourceRegion(0, 0, 24, 16), prepared.SourceRegion);
        Assert.Equal<byte>([0, 0, 9], prepared.Picture.Rgb[..3]);
        Assert.Equal<byte>([23, 15, 9], prepared.Picture.Rgb[^3..]);
    }

    [Fact]
    public void Prepare_ResizeCropAndTrim_RegionIsInTheOriginalsPixels()
    {
        // 80 × 40 → 40 × 20; crop 18 starts at (11, 1); trimmed to 16; each prepared pixel is two of the original's.
        var options = new PreprocessingOptions { Side = 20, Crop = 18, TrimToPatch = true };
        var prepared = new Preprocessor(options, 8).Prepare(Ramp(80, 40));
        Assert.Equal(new SourceRegion(22, 2, 32, 32), prepared.SourceRegion);
        Assert.Equal((16, 16), (prepared.Picture.Width, prepared.Picture.Height));
        Assert.Equal((80, 40), (prepared.OriginalWidth, prepared.OriginalHeight));
    }

    [Fact]
    public void Prepare_NotWholePatchesAndNoTrimming_NamesSizeAndPatch()
    {
        var refused = Assert.Throws<ImageException>(() => new Preprocessor(AsIs, 8).Prepare(Ramp(24, 17)));
        Assert.Contains("24 × 17", refused.Message, StringComparison.Ordinal);
        Assert.Contains("patches of 8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_SmallerThanOnePatch_IsRefused() =>
        Assert.Throws<ImageException>(() => new Preprocessor(AsIs with { TrimToPatch = true }, 8).Prepare(Ramp(7, 30)));

    [Fact]
    public void Prepare_VeryLongThinPicture_IsRefusedBeforeResizing()
    {
        var preprocessor = new Preprocessor(new PreprocessingOptions { Side = 4096 }, 8);
        var refused = Assert.Throws<ImageException>(() => preprocessor.Prepare(Ramp(1, 60_000)));
        Assert.Contains("1 × 60000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_AnyOptions_LeavesTheOriginalAsItIs()
    {
        var picture = ReferencePictures.Resize("scene");
        var before = picture.Rgb.ToArray();
        new Preprocessor(new PreprocessingOptions { Side = 50, Crop = 48 }, 8).Prepare(picture);
        new Preprocessor(AsIs with { TrimToPatch = true }, 8).Prepare(picture);
        Assert.Equal(before, picture.Rgb);
    }

    [Fact]
    public void Preprocessor_BadOptionsOrPatch_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Preprocessor(AsIs with { Crop = 0 }, 8));
        Assert.ThrowsAny<ArgumentException>(() => new Preprocessor(AsIs, 0));
    }

    /// <summary>Red is the column, green the row, blue 9.</summary>
    private static PixelImage Ramp(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            (rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2]) = ((byte)(i % width), (byte)(i / width), 9);
        }

        return new PixelImage(width, height, rgb);
    }
}
