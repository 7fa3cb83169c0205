using Cdam.Attribution.Preprocessing;
using Cdam.Randomness;
using Cdam.Training.Heads.Images;
using CsCheck;

namespace Cdam.Training.Tests.Heads.Images;

public sealed class AugmentationTests
{
    private static readonly Gen<(int Width, int Height, uint Stream)> Cases = Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.UInt);

    [Fact]
    public void Window_AnyPicture_LiesInIt() => Cases.Sample(entry =>
    {
        var window = Augmentation.Window(entry.Width, entry.Height, new RandomStream(3, entry.Stream));
        return window.Left >= 0 && window.Top >= 0 && window.Width >= 1 && window.Height >= 1
            && window.Left + window.Width <= entry.Width && window.Top + window.Height <= entry.Height;
    }, iter: 2000, threads: 1);

    [Fact]
    public void Window_OfAUsualPicture_KeepsToAreaAndRatio()
    {
        var windows = Enumerable.Range(0, 4000).Select(stream => Augmentation.Window(400, 300, new RandomStream(1, (uint)stream))).ToList();
        var areas = windows.Select(window => window.Width * window.Height / (400.0 * 300)).ToList();
        var ratios = windows.Select(window => window.Width / (double)window.Height).ToList();

        // Sides are rounded to pixels: of the smallest, 85 pixels, by 0.6 %.
        Assert.InRange(areas.Min(), 0.079, 0.1);
        Assert.InRange(areas.Max(), 0.95, 1);
        Assert.InRange(ratios.Min(), 0.74, 0.77);
        Assert.InRange(ratios.Max(), 1.3, 1.35);

        // Large areas fit in fewer shapes. The published algorithm, run 200,000 times in Python, had a mean area of 0.4326; that of 4,000 has a
        // standard deviation of 0.004.
        Assert.Equal(0.4326, areas.Average(), 0.015);
    }

    [Theory]
    [InlineData(10, 1000, 10, 13)]
    [InlineData(1000, 10, 13, 10)]
    public void Window_OfAPictureTooLongForAnyShape_IsTheCentre(int width, int height, int across, int down)
    {
        var window = Enumerable.Range(0, 20).Select(stream => Augmentation.Window(width, height, new RandomStream(1, (uint)stream)))
            .First(window => (window.Width, window.Height) == (across, down));
        Assert.Equal(((width - across) / 2, (height - down) / 2), (window.Left, window.Top));
    }

    [Fact]
    public void Apply_AnyStream_IsTheWindowResizedAndMirroredHalfTheTime()
    {
        var picture = Noise(40, 30);
        var (augmentation, mirrored) = (new Augmentation(16, ResizeKernel.Bicubic), 0);
        for (uint stream = 0; stream < 200; stream++)
        {
            var random = new RandomStream(5, stream);
            var plain = PillowResize.Resize(Augmentation.Window(40, 30, random).Cut(picture), 16, 16, ResizeKernel.Bicubic);
            var result = augmentation.Apply(picture, new RandomStream(5, stream));
            if (!result.Rgb.SequenceEqual(plain.Rgb))
            {
                mirrored++;
                Assert.Equal(Mirrored(plain), result.Rgb);
            }
        }

        // Five standard deviations of a fair coin are 35.
        Assert.InRange(mirrored, 65, 135);
    }

    [Fact]
    public void Apply_LeavesThePictureAsItWas()
    {
        var picture = Noise(16, 16);
        var before = picture.Rgb.ToArray();
        for (uint stream = 0; stream < 50; stream++)
        {
            new Augmentation(16, ResizeKernel.Bicubic).Apply(picture, new RandomStream(5, stream));
        }

        Assert.Equal(before, picture.Rgb);
    }

    private static PixelImage Noise(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        new Random(1).NextBytes(rgb);
        return new PixelImage(width, height, rgb);
    }

    private static byte[] Mirrored(PixelImage picture) =>
        [.. picture.Rgb.Chunk(picture.Width * 3).SelectMany(row => row.Chunk(3).Reverse().SelectMany(pixel => pixel))];
}
