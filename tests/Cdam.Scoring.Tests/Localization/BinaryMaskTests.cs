using Cdam.Scoring.Localization;
using CsCheck;

namespace Cdam.Scoring.Tests.Localization;

public sealed class BinaryMaskTests
{
    [Fact]
    public void OfBits_AnyMask_ComesBackPixelByPixel() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int).Sample(drawn =>
    {
        var (width, height, seed) = drawn;
        var random = new Random(seed);
        byte[] inside = [.. Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(2))];
        var bits = new byte[(inside.Length + 7) / 8];
        for (var pixel = 0; pixel < inside.Length; pixel++)
        {
            bits[pixel / 8] |= (byte)(inside[pixel] << (7 - (pixel % 8)));
        }

        Assert.Equal(inside, BinaryMask.OfBits(width, height, bits).Inside);
    });

    [Theory]
    [InlineData(0, 3, new byte[] { 0 }, "0 × 3 pixels")]
    [InlineData(3, 3, new byte[] { 0 }, "1 bytes; 3 × 3 pixels need 2")]
    [InlineData(3, 3, new byte[] { 0, 0, 0 }, "3 bytes")]
    [InlineData(3, 3, new byte[] { 0, 1 }, "its last 7 bits")]
    [InlineData(65536, 65536, new byte[] { 0 }, "need 536870912")] // no overflow
    public void OfBits_ThatDoNotFit_AreRefused(int width, int height, byte[] bits, string found)
    {
        var fault = Assert.Throws<InvalidDataException>(() => BinaryMask.OfBits(width, height, bits));

        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shown_OfTheWhole_IsTheSame()
    {
        var mask = Ramp(5, 3);

        Assert.Equal(mask.Inside, mask.Shown(0, 0, 5, 3, 5, 3).Inside);
    }

    /// <summary>80 × 40 halved, cropped: as the preprocessor's own test has it, the picture's pixel (r, c) shows (2 + 2r, 22 + 2c) and its neighbours.</summary>
    [Fact]
    public void Shown_HalvedAndCropped_TakesWhatLiesUnderTheCentres()
    {
        var mask = Ramp(80, 40);

        var shown = mask.Shown(22, 2, 32, 32, 16, 16);

        Assert.Equal((16, 16), (shown.Width, shown.Height));
        Assert.Equal(from row in Enumerable.Range(0, 16) from column in Enumerable.Range(0, 16) select mask.Inside[((3 + (2 * row)) * 80) + 23 + (2 * column)], shown.Inside);
    }

    [Fact]
    public void Shown_OfPadding_IsBesideTheObject()
    {
        var mask = new BinaryMask(3, 2, [1, 1, 1, 1, 1, 1]);

        Assert.Equal<byte>([0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], mask.Shown(-1, 0, 5, 3, 5, 3).Inside);
    }

    private static BinaryMask Ramp(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height).Select(pixel => (byte)(pixel * 7 / 5 % 3 == 0 ? 1 : 0))]);
}
