using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Wire;

/// <summary>Reads raw pixels.</summary>
internal static class PictureReader
{
    /// <exception cref="AttributionException">A size is below 1, or the pixels are not height × width × 3.</exception>
    public static PixelImage Read(V1.Picture picture, string field)
    {
        Require(picture.Width, $"{field}.width");
        Require(picture.Height, $"{field}.height");
        var needed = 3L * picture.Width * picture.Height;
        return picture.Rgb.Length == needed
            ? new PixelImage(picture.Width, picture.Height, picture.Rgb.ToByteArray())
            : throw new AttributionException($"{field}.rgb", $"has {picture.Rgb.Length} bytes; {picture.Width} × {picture.Height} pixels must have {needed}");
    }

    /// <summary>Checks a size against a model.</summary>
    /// <exception cref="AttributionException">It is not whole patches, or too large.</exception>
    public static void Check(ExplainableModel model, ModelInput input, string field)
    {
        try
        {
            model.Check(input);
        }
        catch (AttributionException fault)
        {
            throw new AttributionException(field, fault.Description);
        }
    }

    private static void Require(int size, string field)
    {
        if (size < 1)
        {
            throw new AttributionException(field, $"is {size}; must be at least 1");
        }
    }
}
