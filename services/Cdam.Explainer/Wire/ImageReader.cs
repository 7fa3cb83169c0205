using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Explainer.Configuration;
using Cdam.Explainer.Explaining;

namespace Cdam.Explainer.Wire;

/// <summary>Brings an image of the wire to what a model takes.</summary>
internal sealed class ImageReader(ExplainerOptions options)
{
    private readonly ImageLimits _limits = new() { MaxBytes = options.MaxImageBytes, MaxPixels = options.MaxImagePixels };

    /// <summary>That there is a source; cheap.</summary>
    /// <exception cref="AttributionException">There is none.</exception>
    public static V1.Image Require(V1.Image? image)
    {
        if (image is null)
        {
            throw new AttributionException("image", "is absent; must be given");
        }

        return image.SourceCase != V1.Image.SourceOneofCase.None
            ? image
            : throw new AttributionException("image.source", "is not set; must be encoded, picture, tensor, volume, crop or slices");
    }

    /// <summary>Decodes and prepares; milliseconds of a core.</summary>
    /// <exception cref="AttributionException">A field breaks a rule.</exception>
    public ImageInput Read(V1.Image image, ExplainableModel model)
    {
        var source = $"image.{Name(image.SourceCase)}";
        var input = image.SourceCase switch
        {
            V1.Image.SourceOneofCase.Encoded => Decode(image.Encoded.Memory, model, source),
            V1.Image.SourceOneofCase.Picture => FromPicture(PictureReader.Read(image.Picture, source)),
            V1.Image.SourceOneofCase.Tensor => new ImageInput(new ViewInput(null, FromTensor(image.Tensor, source), null)),
            _ => FromSlices(image, model, source),
        };
        PictureReader.Check(model, input.Views[0].Input, source);
        return input;
    }

    private static string Name(V1.Image.SourceOneofCase source) => source.ToString().ToLowerInvariant();

    private static ImageInput FromSlices(V1.Image image, ExplainableModel model, string field)
    {
        if (model.Slices is not { } preprocessor)
        {
            throw new AttributionException(field, $"is given, but {model.Manifest.Id}, of kind {model.Manifest.Kind}, takes no volumes: it has no volume_input");
        }

        var slices = VolumeReader.Read(image, preprocessor, field);
        return new ImageInput([.. slices.Select(slice => new ViewInput(slice.View, slice.Input, slice.Prepared))]);
    }

    private ImageInput Decode(ReadOnlyMemory<byte> encoded, ExplainableModel model, string field)
    {
        try
        {
            var prepared = model.Preprocessor.Prepare(ImageDecoder.Decode(encoded, _limits));
            return new ImageInput(new ViewInput(null, ModelInput.FromPicture(prepared.Picture), prepared));
        }
        catch (ImageException exception)
        {
            throw new AttributionException(field, exception.Message);
        }
    }

    private static ImageInput FromPicture(PixelImage picture)
    {
        var all = new SourceRegion(0, 0, picture.Width, picture.Height);
        return new ImageInput(new ViewInput(null, ModelInput.FromPicture(picture), new PreparedImage(picture, all, picture.Width, picture.Height)));
    }

    private static ModelInput FromTensor(V1.Tensor tensor, string field)
    {
        var shape = tensor.Shape.Count == 4 && tensor.Shape[0] == 1 ? tensor.Shape.Skip(1).ToArray() : [.. tensor.Shape];
        if (shape is not [3, >= 1 and <= int.MaxValue, >= 1 and <= int.MaxValue])
        {
            throw new AttributionException($"{field}.shape", $"is {TensorReader.Show(tensor)}; must be [3, height, width] or [1, 3, height, width]");
        }

        var values = TensorReader.ReadFloat32(tensor, field);
        try
        {
            return ModelInput.FromNormalized((int)shape[1], (int)shape[2], values);
        }
        catch (AttributionException fault)
        {
            throw new AttributionException($"{field}.data", fault.Description);
        }
    }
}
