using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;

namespace Cdam.Attribution.Tests.Rendering;

public sealed class PngEncoderTests
{
    [Fact]
    public void Encode_Picture_DecodesToTheSamePixels()
    {
        var rgb = new byte[37 * 5 * 3];
        new Random(3).NextBytes(rgb);
        var before = rgb.ToArray();
        var decoded = ImageDecoder.Decode(PngEncoder.Encode(new PixelImage(37, 5, rgb)), new ImageLimits());
        Assert.Equal((37, 5), (decoded.Width, decoded.Height));
        Assert.Equal(before, decoded.Rgb);
        Assert.Equal(before, rgb);
    }

    [Fact]
    public void Encode_SameMapTwice_GivesTheSameBytes()
    {
        static byte[] Draw() => PngEncoder.Encode(new MapRenderer(new MapStyle()).HeatMap([1, -2, 3, 0], 2, 2, 32, 32));
        Assert.Equal(Draw(), Draw());
    }

    [Fact]
    public void Encode_Picture_IsEightBitRgbWithoutAlpha()
    {
        // The header chunk's data begins at byte 16: width, height, bit depth, colour type (2: RGB).
        var file = PngEncoder.Encode(new PixelImage(3, 2, new byte[18]));
        Assert.Equal<byte>([0, 0, 0, 3, 0, 0, 0, 2, 8, 2], file[16..26]);
    }
}
