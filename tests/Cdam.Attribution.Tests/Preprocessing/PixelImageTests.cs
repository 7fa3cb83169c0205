using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class PixelImageTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(-1, -1, 3)]
    [InlineData(2, 2, 11)]
    [InlineData(2, 2, 13)]
    [InlineData(65536, 65536, 0)]
    public void PixelImage_SizeAndSamplesAtOdds_IsRefused(int width, int height, int samples) =>
        Assert.ThrowsAny<ArgumentException>(() => new PixelImage(width, height, new byte[samples]));
}
