using System.Globalization;
using Cdam.Attribution.Preprocessing;
using CsCheck;

namespace Cdam.Attribution.Tests.Preprocessing;

public sealed class PillowResizeTests
{
    private static readonly Gen<int> Side = Gen.Int[1, 70];

    public static TheoryData<string> Names => [.. ReferencePictures.Resized];

    [Theory]
    [MemberData(nameof(Names))]
    public void Resize_ReferencePicture_EqualsPillowBitForBit(string name)
    {
        var parts = name.Split('_');
        var size = parts[1].Split('x').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var source = ReferencePictures.Resize(parts[0]);
        var before = source.Rgb.ToArray();

        var resized = PillowResize.Resize(source, size[0], size[1], Enum.Parse<ResizeKernel>(parts[2], ignoreCase: true));

        Assert.Equal((size[0], size[1]), (resized.Width, resized.Height));
        Assert.Equal(ReferencePictures.Resize(name).Rgb, resized.Rgb);
        Assert.Equal(before, source.Rgb);
    }

    [Fact]
    public void Resize_SameSize_ReturnsThePictureItself()
    {
        var picture = ReferencePictures.Resize("scene");
        Assert.Same(picture, PillowResize.Resize(picture, picture.Width, picture.Height, ResizeKernel.Bicubic));
    }

    [Fact]
    public void Resize_OneColour_KeepsItAtAnySize() =>
        Gen.Select(Side, Side, Side, Side, Gen.Byte, Gen.Bool).Sample((w, h, toW, toH, level, cubic) =>
        {
            var picture = new PixelImage(w, h, [.. Enumerable.Repeat(level, w * h * 3)]);
            var resized = PillowResize.Resize(picture, toW, toH, cubic ? ResizeKernel.Bicubic : ResizeKernel.Bilinear);
            return resized.Rgb.Length == toW * toH * 3 && resized.Rgb.All(v => v == level);
        }, iter: 300, threads: 1);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(50_000, 50_000)]
    public void Resize_ImpossibleSize_IsRefused(int width, int height)
    {
        var pixel = new PixelImage(1, 1, new byte[3]);
        Assert.ThrowsAny<ArgumentException>(() => PillowResize.Resize(pixel, width, height, ResizeKernel.Bilinear));
    }
}
