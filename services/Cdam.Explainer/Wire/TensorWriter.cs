using Google.Protobuf;

namespace Cdam.Explainer.Wire;

/// <summary>Writes float32 tensors. The arrays belong to the message from then on: their bytes are not copied.</summary>
internal static class TensorWriter
{
    private const int ChunkBytes = 256 << 10;

    public static V1.Tensor Write(float[] values, params ReadOnlySpan<long> shape) =>
        new() { DataType = V1.TensorDataType.Float32, Shape = { shape.ToArray() }, Data = Bytes(values.AsMemory()) };

    /// <summary>The same in pieces of at most 256 KiB, in order and without gaps.</summary>
    public static IEnumerable<V1.TensorChunk> WriteChunks(float[] values, long[] shape)
    {
        const int Step = ChunkBytes / sizeof(float);
        for (var start = 0; start < values.Length; start += Step)
        {
            var end = Math.Min(start + Step, values.Length);
            yield return new V1.TensorChunk
            {
                DataType = V1.TensorDataType.Float32,
                Shape = { shape },
                Offset = (long)start * sizeof(float),
                Data = Bytes(values.AsMemory(start, end - start)),
                Last = end == values.Length,
            };
        }
    }

    private static ByteString Bytes(ReadOnlyMemory<float> values) => UnsafeByteOperations.UnsafeWrap(new FloatBytes(values).Memory);
}
