namespace Cdam.Attribution.Preprocessing;

/// <summary>
/// Brings a picture to the size a model takes: resized, cropped, trimmed to whole patches. torchvision's arithmetic on Pillow's pixels.
/// </summary>
public sealed class Preprocessor
{
    // Bounds the memory that a very long, thin picture would take when its shorter side is enlarged.
    private const long MostPixels = 64_000_000;

    private readonly PreprocessingOptions _options;
    private readonly int _patch;

    /// <param name="options">Checked here.</param>
    /// <param name="patch">Side of the model's patches in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">An option or the patch is out of range.</exception>
    public Preprocessor(PreprocessingOptions options, int patch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(patch, 1);
        options.Validate();
        _options = options;
        _patch = patch;
    }

    /// <summary>Prepares an upright picture; safe to call from several threads.</summary>
    /// <param name="original">Not altered.</param>
    /// <returns>8-bit RGB, not yet normalised; it may be the given picture itself, if nothing had to change.</returns>
    /// <exception cref="ImageException">
    /// The result is smaller than one patch, or not whole patches while trimming is off, or the picture is too long and thin to resize.
    /// </exception>
    public PreparedImage Prepare(PixelImage original)
    {
        ArgumentNullException.ThrowIfNull(original);
        var resized = Resize(original);
        var cropped = _options.Crop is { } side ? CropWindow.Centre(resized, side) : new CropWindow(0, 0, resized.Width, resized.Height);
        var window = FitPatches(cropped);
        var region = new SourceRegion(Across(window.Left), Down(window.Top), Across(window.Width), Down(window.Height));
        return new PreparedImage(window.Cut(resized), region, original.Width, original.Height);

        // Multiplied first, so that the whole picture comes out as exactly the whole original.
        double Across(int pixels) => (double)pixels * original.Width / resized.Width;
        double Down(int pixels) => (double)pixels * original.Height / resized.Height;
    }

    private PixelImage Resize(PixelImage picture)
    {
        var (width, height) = Size(picture.Width, picture.Height);
        if (width * Math.Max(height, picture.Height) > MostPixels)
        {
            throw new ImageException(
                $"The picture of {picture.Width} × {picture.Height} pixels would be resized to {width} × {height}; "
                + $"at most {MostPixels} pixels are made.");
        }

        return PillowResize.Resize(picture, (int)width, (int)height, _options.Kernel);
    }

    private (long Width, long Height) Size(long width, long height) => _options.Resize switch
    {
        ResizeMode.ShorterSide when width <= height => (_options.Side, _options.Side * height / width),
        ResizeMode.ShorterSide => (_options.Side * width / height, _options.Side),
        ResizeMode.Exact => (_options.Side, _options.Side),
        _ => (width, height),
    };

    private CropWindow FitPatches(CropWindow window)
    {
        int width = window.Width / _patch * _patch, height = window.Height / _patch * _patch;
        if (width == 0 || height == 0)
        {
            throw new ImageException(
                $"The prepared picture has {window.Width} × {window.Height} pixels; the model's patch has {_patch} × {_patch}.");
        }

        if (!_options.TrimToPatch && (width != window.Width || height != window.Height))
        {
            throw new ImageException(
                $"The prepared picture has {window.Width} × {window.Height} pixels, which is not whole patches of {_patch}; "
                + "send another size or trim to patches.");
        }

        return window with { Width = width, Height = height };
    }
}
