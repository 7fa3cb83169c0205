using Cdam.Evaluator.Requests;
using Cdam.Evaluator.Sessions;
using Cdam.Evaluator.Store;
using Cdam.V1.Errors;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Evaluator.Sources;

/// <summary>Refuses images that no session could use, as they come.</summary>
internal sealed class UploadCheck(BenchmarkOptions options)
{
    private const int MostLabels = 16;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _bytes;

    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field, or RESOURCE_EXHAUSTED with the limit.</exception>
    internal void Check(UploadImagesRequest image)
    {
        if (image.Name.Length is 0 or > StoreModel.NameLength || image.Name.Any(char.IsControl))
        {
            throw RequestFault.Of("name",
                $"{image.Name.Length} characters for image {_names.Count}; 1 to {StoreModel.NameLength} without control characters are required.");
        }

        if (!_names.Add(image.Name))
        {
            throw RequestFault.Of("name", $"'{image.Name}' came before; images are told apart by their names.");
        }

        ImageCheck.Check(image.Image);
        CheckLabels(image);
        CheckMasks(image);
        _bytes += image.Image.CalculateSize() + image.Masks.Sum(mask => (long)mask.CalculateSize());
        Require(_names.Count <= options.MaxImages, nameof(options.MaxImages), $"{_names.Count} images; at most {options.MaxImages} are permitted.");
        Require(_bytes <= options.MaxUploadBytes, nameof(options.MaxUploadBytes), $"{_bytes} bytes; at most {options.MaxUploadBytes} are permitted.");
    }

    private static void CheckLabels(UploadImagesRequest image)
    {
        if (image.Labels.Count > MostLabels)
        {
            throw RequestFault.Of("labels", $"{image.Labels.Count} labels of '{image.Name}'; at most {MostLabels} are permitted.");
        }

        for (var i = 0; i < image.Labels.Count; i++)
        {
            var label = image.Labels[i];
            if (label.KindCase is not (Target.KindOneofCase.Index or Target.KindOneofCase.Output))
            {
                throw RequestFault.Of($"labels[{i}]", $"'{label.KindCase}' of '{image.Name}'; `index` or `output` is required.");
            }

            TargetCheck.Check(label, $"labels[{i}]");
        }
    }

    private static void CheckMasks(UploadImagesRequest image)
    {
        var most = Math.Max(1, image.Labels.Count);
        if (image.Masks.Count > most)
        {
            throw RequestFault.Of("masks", $"{image.Masks.Count} masks of '{image.Name}' with {image.Labels.Count} labels; at most {most} are permitted.");
        }

        for (var i = 0; i < image.Masks.Count; i++)
        {
            var mask = MaskReading.Read(image.Masks[i], $"masks[{i}]");
            if (image.Image.Picture is { } picture && (mask.Width != picture.Width || mask.Height != picture.Height))
            {
                throw RequestFault.Of($"masks[{i}]",
                    $"{mask.Width} × {mask.Height} pixels; the picture of '{image.Name}' has {picture.Width} × {picture.Height}, and its masks must, too.");
            }
        }
    }

    private static void Require(bool holds, string option, string description)
    {
        if (!holds)
        {
            throw WireStatus.ResourceExhausted($"{BenchmarkOptions.Section}:{option}", description, null, "UPLOAD_TOO_LARGE").ToRpcException();
        }
    }
}
