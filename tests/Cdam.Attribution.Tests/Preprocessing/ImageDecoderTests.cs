using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class ImageDecoderTests
{
    private static readonly ImageLimits Limits = new();

    public static TheoryData<string> Files => [.. ReferencePictures.Files];

    // 40 × 28 pixels each.
    public static TheoryData<string> OneOfEachFormat => ["rgb.png", "rgb.jpg", "lossless.webp", "rgb.bmp", "raw.tiff"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_ReferenceFile_GivesPillowsPixels(string name)
    {
        var data = ReferencePictures.File(name);
        var decoded = ImageDecoder.Decode(data, Limits);
        var expected = ReferencePictures.Expected(name);

        // Lossless: equal. JPEG and lossy WebP: decoders may round the transform and the chroma's upsampling differently (measured: equal).
        var tolerance = name.Contains("jp", StringComparison.Ordinal) || name == "lossy.webp" ? 2 : 0;
        Assert.Equal((expected.Width, expected.Height), (decoded.Width, decoded.Height));
        Assert.All(expected.Rgb.Zip(decoded.Rgb), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
        Assert.Equal(ReferencePictures.File(name), data);
    }

    [Fact]
    public void Decode_SliceOfALargerBuffer_ReadsTheSliceOnly()
    {
        foreach (var name in new[] { "rgb.png", "raw.tiff" })
        {
            byte[] buffer = [1, 2, 3, .. ReferencePictures.File(name), 4, 5];
            Assert.Equal(ReferencePictures.Expected(name).Rgb, ImageDecoder.Decode(buffer.AsMemory()[3..^2], Limits).Rgb);
        }
    }

    [Theory]
    [MemberData(nameof(OneOfEachFormat))]
    public void Decode_PixelsAtTheLimit_PassAndOneMoreIsRefused(string name)
    {
        var data = ReferencePictures.File(name);
        Assert.Equal(40, ImageDecoder.Decode(data, Limits with { MaxPixels = 40 * 28 }).Width);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(data, Limits with { MaxPixels = 40 * 28 - 1 }));
        Assert.Contains("40 × 28", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1119", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneOfEachFormat))]
    public void Decode_BytesAtTheLimit_PassAndOneMoreIsRefused(string name)
    {
        var data = ReferencePictures.File(name);
        Assert.Equal(28, ImageDecoder.Decode(data, Limits with { MaxBytes = data.Length }).Height);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(data, Limits with { MaxBytes = data.Length - 1 }));
        Assert.Contains($"{data.Length} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_HeaderClaimingAHugePicture_IsRefusedWithoutTakingMemory()
    {
        // A bitmap header alone, of 60 000 × 60 000 pixels at 24 bits.
        var bomb = ReferencePictures.File("rgb.bmp")[..54];
        BitConverter.TryWriteBytes(bomb.AsSpan(18), 60_000);
        BitConverter.TryWriteBytes(bomb.AsSpan(22), 60_000);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bomb, Limits));
        Assert.Contains("60000 × 60000", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(65_536, 1)]
    [InlineData(1, 65_536)]
    [InlineData(30_000, 30_000)]
    public void CheckSize_OutOfRange_IsRefusedWhateverTheLimit(long width, long height) =>
        Assert.Throws<ImageException>(() => ImageDecoder.CheckSize(width, height, Limits with { MaxPixels = long.MaxValue }));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("GIF89a\u0001\0\u0001\0", "is a GIF")]
    [InlineData("\0\0\0\u0018ftypavif", "HEIF, AVIF")]
    [InlineData("hello", "68656C6C6F")]
    public void Decode_OtherFormat_NamesWhatWasFound(string text, string found)
    {
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(System.Text.Encoding.Latin1.GetBytes(text), Limits));
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
        Assert.Contains("JPEG, PNG, WebP, BMP and TIFF", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TransparentPixels_KeepTheirColour()
    {
        // Alpha runs through 0–255 in these files; Pillow's RGB of them is that of the opaque picture.
        var opaque = ReferencePictures.Expected("rgb.png").Rgb;
        foreach (var name in new[] { "alpha.png", "alpha.webp", "alpha.tiff", "alpha.bmp", "keyed.png" })
        {
            Assert.Equal(opaque, ImageDecoder.Decode(ReferencePictures.File(name), Limits).Rgb);
        }
    }
}
