using Cdam.V1;

namespace Cdam.Evaluator.Requests;

/// <summary>Pixels are replaced, so there must be pixels.</summary>
internal static class ImageCheck
{
    internal static void Check(Image? image)
    {
        switch (image?.SourceCase)
        {
            case Image.SourceOneofCase.Encoded when image.Encoded.Length == 0:
                throw RequestFault.Of("image.encoded", "is empty; the bytes of an image file are required.");
            case Image.SourceOneofCase.Encoded:
                break;
            case Image.SourceOneofCase.Picture:
                Check(image.Picture);
                break;
            case Image.SourceOneofCase.Tensor:
                throw RequestFault.Of("image.tensor", "is set; a tensor has no pixels to replace, send `encoded` or `picture`.");
            case Image.SourceOneofCase.Volume or Image.SourceOneofCase.Crop or Image.SourceOneofCase.Slices:
                throw RequestFault.Of($"image.{image.SourceCase.ToString().ToLowerInvariant()}",
                    "is set; the pixels of one picture are replaced, send a prepared view of it as `picture`.");
            default:
                throw RequestFault.Of("image", "is absent; `encoded` or `picture` is required.");
        }
    }

    private static void Check(Picture picture)
    {
        if (picture.Width < 1)
        {
            throw RequestFault.Of("image.picture.width", $"{picture.Width}; at least 1 is required.");
        }

        if (picture.Height < 1)
        {
            throw RequestFault.Of("image.picture.height", $"{picture.Height}; at least 1 is required.");
        }

        var expected = 3L * picture.Width * picture.Height;
        if (picture.Rgb.Length != expected)
        {
            throw RequestFault.Of("image.picture.rgb", $"{picture.Rgb.Length} bytes; height × width × 3 = {expected} are required.");
        }
    }
}
