using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class BrokenImageTests
{
    // Damaged headers may claim much: a low limit keeps the whole run within a second or two.
    private static readonly ImageLimits Limits = new() { MaxPixels = 100_000 };

    public static TheoryData<string> Files => [.. ReferencePictures.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_TruncatedFile_IsRefusedOrWhole(string name)
    {
        var data = ReferencePictures.File(name);
        var whole = ImageDecoder.Decode(data, Limits);
        var refused = 0;
        var step = data.Length / 40;
        for (var length = data.Length - 1; length >= 0; length -= length > data.Length - 30 ? 1 : step)
        {
            if (TryDecode(data.AsMemory(0, length)) is { } decoded)
            {
                // Only what follows the pixels was cut, such as a PNG's end marker.
                Assert.Equal(whole.Rgb, decoded.Rgb);
            }
            else
            {
                refused++;
            }
        }

        Assert.InRange(refused, 30, 80);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_DamagedFile_ThrowsNothingButImageException(string name)
    {
        // Seeded, so that a failure can be repeated.
        var random = new Random(name.Length * 7919 + name[0]);
        for (var i = 0; i < 60; i++)
        {
            var data = ReferencePictures.File(name);
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                // Half of the damage where the headers are.
                var at = random.Next(random.Next(2) == 0 ? Math.Min(200, data.Length) : data.Length);
                data[at] = random.Next(3) == 0 ? (byte)255 : (byte)(data[at] ^ (1 << random.Next(8)));
            }

            TryDecode(data);
        }
    }

    [Fact]
    public void Decode_RandomBytesBehindEachSignature_ThrowsNothingButImageException()
    {
        var random = new Random(11);
        foreach (var name in ImageDecoderTests.OneOfEachFormat.Select(row => row.Data))
        {
            for (var i = 0; i < 100; i++)
            {
                var data = new byte[random.Next(12, 600)];
                random.NextBytes(data);
                ReferencePictures.File(name).AsSpan(0, 12).CopyTo(data);
                Assert.Null(TryDecode(data));
            }
        }
    }

    [Fact]
    public void Decode_DamagedPixels_SaysSo()
    {
        var data = ReferencePictures.File("rgb.png");
        data.AsSpan(60, 200).Fill(0xAA);
        var refused = Assert.Throws<ImageException>(() => ImageDecoder.Decode(data, Limits));
        Assert.Contains("Png", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Null if refused; any other exception fails the test.</summary>
    private static PixelImage? TryDecode(ReadOnlyMemory<byte> data)
    {
        try
        {
            return ImageDecoder.Decode(data, Limits);
        }
        catch (ImageException)
        {
            return null;
        }
    }
}
