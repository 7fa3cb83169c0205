using Cdam.Attribution.Explanations;
using Google.Protobuf;

namespace Cdam.Explainer.Inference;

/// <summary>Takes the images of a batch apart. Whether a model takes them is checked where every request's images are.</summary>
internal static class InferenceImages
{
    /// <summary>The largest batch.</summary>
    public const int Most = 64;

    private const int CropSide = 32;

    /// <exception cref="AttributionException">Name, type, shape and data do not fit together.</exception>
    public static IReadOnlyList<V1.Image> Read(InferenceInput input)
    {
        var count = Count(input);
        return (input.Name, input.DataType, input.Shape) switch
        {
            ("image", "BYTES", [_] or [_, 1]) => Files(input, count),
            ("image", "FP32", [_, 3, > 0, > 0]) => Cut(input, count, sizeof(float), (data, height, width) => new V1.Image
            {
                Tensor = new V1.Tensor { DataType = V1.TensorDataType.Float32, Shape = { 3, height, width }, Data = data },
            }, input.Shape[2], input.Shape[3]),
            ("image", "UINT8", [_, > 0, > 0, 3]) => Cut(input, count, sizeof(byte), (data, height, width) => new V1.Image
            {
                Picture = new V1.Picture { Height = (int)height, Width = (int)width, Rgb = data },
            }, input.Shape[1], input.Shape[2]),
            ("crop", "INT16", [_, CropSide, CropSide, CropSide]) => Cut(
                input, count, sizeof(short), (data, _, _) => new V1.Image { Crop = new V1.VolumeCrop { Voxels = data } }, CropSide, CropSide),
            ("image" or "crop", _, _) => throw new AttributionException(
                $"{InferenceInput.Field}.shape",
                $"is [{string.Join(", ", input.Shape)}] of \"{input.DataType}\"; must be image FP32 [B, 3, H, W], image UINT8 [B, H, W, 3], image BYTES [B], or crop INT16 [B, 32, 32, 32]"),
            _ => throw new AttributionException($"{InferenceInput.Field}.name", $"is \"{input.Name}\"; must be image or crop"),
        };
    }

    private static int Count(InferenceInput input) => input.Shape.Count > 0 && input.Shape[0] is >= 1 and <= Most
        ? (int)input.Shape[0]
        : throw new AttributionException($"{InferenceInput.Field}.shape", $"is [{string.Join(", ", input.Shape)}]; the first extent, the batch, must be 1 to {Most}");

    private static IReadOnlyList<V1.Image> Files(InferenceInput input, int count) => input.Files.Count == count
        ? [.. input.Files.Select(file => new V1.Image { Encoded = file })]
        : throw new AttributionException($"{InferenceInput.Field}.contents", $"has {input.Files.Count} elements; shape [{string.Join(", ", input.Shape)}] needs {count}");

    private static IReadOnlyList<V1.Image> Cut(
        InferenceInput input, int count, int elementSize, Func<ByteString, long, long, V1.Image> image, long height, long width)
    {
        // In 128 bits: extents are the client's.
        var needed = input.Shape.Aggregate((Int128)elementSize, (product, extent) => Int128.Min(product * extent, long.MaxValue));
        if (input.Data.Length != needed)
        {
            throw new AttributionException($"{InferenceInput.Field}.contents", $"has {input.Data.Length} bytes; {input.DataType} [{string.Join(", ", input.Shape)}] must have {needed}");
        }

        var size = input.Data.Length / count;
        return [.. Enumerable.Range(0, count).Select(index => image(UnsafeByteOperations.UnsafeWrap(input.Data.Slice(index * size, size)), height, width))];
    }
}
