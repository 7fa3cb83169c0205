using BitMiracle.LibTiff.Classic;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

/// <summary>Kinds of TIFF that Pillow does not write, and claims that must not be believed.</summary>
public sealed class TiffDecoderTests
{
    private const int Width = 40;
    private const int Height = 21;

    private static readonly ImageLimits Limits = new();

    [Theory]
    [InlineData(true, PlanarConfig.CONTIG, 8)]
    [InlineData(true, PlanarConfig.SEPARATE, 8)]
    [InlineData(false, PlanarConfig.SEPARATE, 8)]
    [InlineData(false, PlanarConfig.CONTIG, 16)]
    [InlineData(true, PlanarConfig.SEPARATE, 16)]
    public void Decode_RgbOfAnyLayout_GivesTheSamePixels(bool tiled, PlanarConfig planar, int bits)
    {
        var file = new TestTiff(Width, Height, Photometric.RGB, 3, bits) { Tiled = tiled, Planar = planar }.Write(Value);
        var decoded = ImageDecoder.Decode(file, Limits);
        Assert.Equal((Width, Height), (decoded.Width, decoded.Height));
        for (var i = 0; i < decoded.Rgb.Length; i++)
        {
            Assert.Equal(Value(i / 3 % Width, i / 3 / Width, i % 3), decoded.Rgb[i]);
        }
    }

    [Theory]
    [InlineData(Photometric.MINISBLACK, 1, new byte[] { 0, 255 })]
    [InlineData(Photometric.MINISWHITE, 1, new byte[] { 255, 0 })]
    [InlineData(Photometric.MINISBLACK, 2, new byte[] { 0, 85, 170, 255 })]
    [InlineData(Photometric.MINISWHITE, 2, new byte[] { 255, 170, 85, 0 })]
    [InlineData(Photometric.MINISBLACK, 4, new byte[] { 0, 17, 34, 51, 68 })]
    public void Decode_GreyOfFewBits_SpreadsOverTheWholeRange(Photometric photometric, int bits, byte[] levels)
    {
        var file = new TestTiff(levels.Length, 1, photometric, 1, bits).Write((x, _, _) => (byte)x);
        Assert.Equal(levels.SelectMany(v => new[] { v, v, v }), ImageDecoder.Decode(file, Limits).Rgb);
    }

    [Fact]
    public void Decode_PremultipliedAlpha_IsDividedOut()
    {
        // 100 of 200 is 127.5, and Pillow rounds down; alpha 0 leaves nothing to divide; a colour above its alpha is held at 255.
        byte[] pixels = [100, 50, 200, 200, 30, 20, 10, 255, 9, 8, 7, 0, 90, 10, 0, 45];
        var file = new TestTiff(4, 1, Photometric.RGB, 4, 8) { Extra = ExtraSample.ASSOCALPHA }.Write((x, _, c) => pixels[x * 4 + c]);
        Assert.Equal<byte>([127, 63, 255, 30, 20, 10, 9, 8, 7, 255, 56, 0], ImageDecoder.Decode(file, Limits).Rgb);
    }

    [Theory]
    [InlineData(Photometric.YCBCR, 3, 8, "YCBCR")]
    [InlineData(Photometric.CIELAB, 3, 8, "CIELAB")]
    [InlineData(Photometric.RGB, 2, 8, "2 × 8 bits")]
    [InlineData(Photometric.MINISBLACK, 1, 32, "1 × 32 bits")]
    [InlineData(Photometric.RGB, 9, 8, "9 samples")]
    public void Decode_UnsupportedKind_IsNamed(Photometric photometric, int samples, int bits, string found)
    {
        var file = new TestTiff(8, 8, photometric, samples, bits).Write(Value);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, Limits));
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, 4_000_000, "4000000 ×")] // width, over the limit
    [InlineData(257, 60_000, "part 1 of 3750")] // rows within the limit, but only one tile placed
    [InlineData(277, 60_000, "60000 samples")]
    [InlineData(322, 1_000_000, "tile side of 1000000")]
    [InlineData(325, 0x7FFF_FFFF, "2147483647 bytes")] // the tile's byte count
    public void Decode_AbsurdClaim_IsRefusedWithoutTakingMemory(int tag, int value, string found)
    {
        var file = new TestTiff(16, 16, Photometric.RGB, 3, 8) { Tiled = true }.Write(Value);
        TestTiff.Overwrite(file, tag, value);

        // Called compressed, because the library works out an uncompressed part's byte count for itself.
        const int CompressionTag = 259, Lzw = 5;
        TestTiff.Overwrite(file, CompressionTag, Lzw);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, Limits));
        Assert.Contains(found, refused.Message, StringComparison.Ordinal);

        // Far below what the claims would take (the library alone took gigabytes); above the library's own tables.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Decode_ValuesBeyondTheFile_AreRefused()
    {
        var file = new TestTiff(16, 16, Photometric.RGB, 3, 8).Write(Value);
        TestTiff.Overwrite(file, 258, 0x7000_0000, count: 3);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, Limits));
        Assert.Contains("tag 258", refused.Message, StringComparison.Ordinal);
    }

    private static byte Value(int x, int y, int channel) => (byte)(x * 5 + y * 11 + channel * 71);
}
