using Cdam.Attribution.Preprocessing;
using Cdam.Randomness;

namespace Cdam.Training.Heads.Images;

/// <summary>
/// A random part of a picture at the network's size, mirrored half the time: torchvision's <c>RandomResizedCrop</c>, with its defaults, and
/// <c>RandomHorizontalFlip</c>, resampled antialiased with the model's own kernel.
/// </summary>
/// <param name="side">Of the result, in pixels.</param>
/// <param name="kernel">The filter.</param>
internal sealed class Augmentation(int side, ResizeKernel kernel)
{
    private const double SmallestShare = 0.08;
    private const double SmallestRatio = 3.0 / 4;
    private const double LargestRatio = 4.0 / 3;
    private const int Tries = 10;

    /// <returns>side × side; the same stream gives the same picture.</returns>
    public PixelImage Apply(PixelImage picture, RandomStream random)
    {
        var part = PillowResize.Resize(Window(picture.Width, picture.Height, random).Cut(picture), side, side, kernel);
        return random.Chance(0.5) ? Mirror(part) : part;
    }

    /// <summary>A window of 8 % to 100 % of the area and a width of 3/4 to 4/3 of the height, log-uniform.</summary>
    internal static CropWindow Window(int width, int height, RandomStream random)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var area = (double)width * height * random.Uniform(SmallestShare, 1);
            var ratio = Math.Exp(random.Uniform(Math.Log(SmallestRatio), Math.Log(LargestRatio)));
            var (across, down) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (across >= 1 && across <= width && down >= 1 && down <= height)
            {
                return new CropWindow(random.Integer(0, width - across), random.Integer(0, height - down), across, down);
            }
        }

        return Widest(width, height);
    }

    /// <summary>For pictures too long for the tries: as much of the centre as the ratios allow.</summary>
    private static CropWindow Widest(int width, int height)
    {
        var across = Math.Min(width, Math.Max(1, (int)Math.Round(height * LargestRatio)));
        var down = Math.Min(height, Math.Max(1, (int)Math.Round(width / SmallestRatio)));
        return new CropWindow((width - across) / 2, (height - down) / 2, across, down);
    }

    private static PixelImage Mirror(PixelImage picture)
    {
        var (width, rgb) = (picture.Width, new byte[picture.Rgb.Length]);
        for (var pixel = 0; pixel < width * picture.Height; pixel++)
        {
            var mirrored = pixel - pixel % width + (width - 1 - pixel % width);
            picture.Rgb.AsSpan(pixel * 3, 3).CopyTo(rgb.AsSpan(mirrored * 3));
        }

        return new PixelImage(width, picture.Height, rgb);
    }
}
