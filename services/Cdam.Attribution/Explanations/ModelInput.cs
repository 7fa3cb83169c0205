using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Explanations;

/// <summary>What goes into the network: a prepared picture, or the normalised values themselves.</summary>
public sealed class ModelInput
{
    private ModelInput(int height, int width, PixelImage? picture, float[]? normalized) =>
        (Height, Width, Picture, Normalized) = (height, width, picture, normalized);

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>The picture, to be normalised by the model's mean and standard deviation; null if <see cref="Normalized"/> is given.</summary>
    public PixelImage? Picture { get; }

    /// <summary>3 × height × width values, row-major; null if <see cref="Picture"/> is given.</summary>
    public float[]? Normalized { get; }

    /// <summary>A picture that has been resized and cropped.</summary>
    public static ModelInput FromPicture(PixelImage picture) => new(picture.Height, picture.Width, picture, null);

    /// <summary>The normalised network input.</summary>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="values">3 × height × width finite values, row-major.</param>
    /// <exception cref="AttributionException">The length does not fit, or a value is not finite.</exception>
    public static ModelInput FromNormalized(int height, int width, float[] values)
    {
        if (height < 1 || width < 1 || values.LongLength != 3L * height * width)
        {
            throw new AttributionException("tensor", $"has {values.LongLength} values; 3 × {height} × {width} must be {3L * height * width}");
        }

        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? new ModelInput(height, width, null, values)
            : throw new AttributionException("tensor", $"value {bad} is {values[bad]}; values must be finite");
    }
}
