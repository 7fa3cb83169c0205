using Cdam.Scoring.Localization;
using OpenCvSharp;

namespace Cdam.Scoring.Tests.Localization;

public sealed class MaskPngTests
{
    private const int Width = 7;
    private const int Height = 4;
    private static readonly byte[] Expected = [.. Enumerable.Range(0, Width * Height).Select(pixel => (byte)(pixel % 3 == 0 ? 1 : 0))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 1)]
    [InlineData(255, 3)]
    public void Read_GreyOrRgb_GivesWhatIsNotBlack(byte value, int channels) =>
        Assert.Equal(Expected, MaskPng.Read(Png(channels, value), 1000).Inside);

    [Fact]
    public void Read_FileCutOffAnywhere_IsRefusedOrWhole()
    {
        var file = Png(1, 255);
        for (var length = 0; length < file.Length; length++)
        {
            try
            {
                Assert.Equal(Expected, MaskPng.Read(file.AsSpan(0, length), 1000).Inside); // the last bytes are a checksum
            }
            catch (InvalidDataException)
            {
                continue;
            }

            Assert.True(length >= file.Length - 16, $"{length} of {file.Length} bytes are no whole file");
        }
    }

    [Theory]
    [InlineData(24, 16, "bit depth 16")]
    [InlineData(25, 3, "colour type 3")]
    [InlineData(25, 6, "colour type 6")]
    [InlineData(16, 0x7f, "at most 1000 pixels")] // 2 thousand million pixels wide
    [InlineData(0, 0x88, "do not begin as a PNG file")]
    public void Read_HeaderOfSomethingElse_IsRefusedByIt(int position, byte value, string found)
    {
        var file = Png(1, 255);
        file[position] = value;

        var fault = Assert.Throws<InvalidDataException>(() => MaskPng.Read(file, 1000));

        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MorePixelsThanPermitted_IsRefused()
    {
        Assert.Contains("7 × 4 pixels", Assert.Throws<InvalidDataException>(() => MaskPng.Read(Png(1, 255), 27)).Message, StringComparison.Ordinal);
        Assert.Equal(28, MaskPng.Read(Png(1, 255), 28).Inside.Length);
    }

    private static byte[] Png(int channels, byte value)
    {
        byte[] pixels = [.. Expected.SelectMany(inside => Enumerable.Repeat((byte)(inside * value), channels))];
        using var picture = Mat.FromPixelData(Height, Width, channels == 1 ? MatType.CV_8UC1 : MatType.CV_8UC3, pixels);
        Cv2.ImEncode(".png", picture, out var file);
        return file;
    }
}
