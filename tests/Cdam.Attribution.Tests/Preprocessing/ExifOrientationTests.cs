using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class ExifOrientationTests
{
    // Stored:  a b c
    //          d e f
    [Theory]
    [InlineData(0, 3, "abcdef")]
    [InlineData(1, 3, "abcdef")]
    [InlineData(2, 3, "cbafed")]
    [InlineData(3, 3, "fedcba")]
    [InlineData(4, 3, "defabc")]
    [InlineData(5, 2, "adbecf")]
    [InlineData(6, 2, "daebfc")]
    [InlineData(7, 2, "fcebda")]
    [InlineData(8, 2, "cfbead")]
    [InlineData(9, 3, "abcdef")]
    public void Apply_Orientation_TurnsUpright(int orientation, int width, string pixels)
    {
        var stored = Letters(3, "abcdef");
        var upright = ExifOrientation.Apply(stored, orientation);
        Assert.Equal(width, upright.Width);
        Assert.Equal(Letters(width, pixels).Rgb, upright.Rgb);
        Assert.Equal(Letters(3, "abcdef").Rgb, stored.Rgb);
    }

    private static PixelImage Letters(int width, string pixels) =>
        new(width, pixels.Length / width, [.. pixels.SelectMany(p => new[] { (byte)p, (byte)(p + 50), (byte)(p + 100) })]);
}
