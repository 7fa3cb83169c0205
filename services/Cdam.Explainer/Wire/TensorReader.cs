using System.Runtime.InteropServices;
using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Wire;

/// <summary>Reads float32 tensors.</summary>
internal static class TensorReader
{
    /// <summary>The elements, row-major.</summary>
    /// <exception cref="AttributionException">The type is another, or the data do not have the length of the shape.</exception>
    public static float[] ReadFloat32(V1.Tensor tensor, string field)
    {
        if (tensor.DataType != V1.TensorDataType.Float32)
        {
            throw new AttributionException($"{field}.data_type", $"is {tensor.DataType}; must be Float32");
        }

        var needed = (Int128)sizeof(float);
        foreach (var extent in tensor.Shape)
        {
            if (extent < 0)
            {
                throw new AttributionException($"{field}.shape", $"is {Show(tensor)}; no extent may be negative");
            }

            // Capped, so that no later extent can overflow; anything above is too much for the data anyway.
            needed = Int128.Min(needed * extent, long.MaxValue);
        }

        return tensor.Data.Length == needed
            ? MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray()
            : throw new AttributionException($"{field}.data", $"has {tensor.Data.Length} bytes; float32 of shape {Show(tensor)} must have {needed}");
    }

    /// <summary>The shape as text.</summary>
    public static string Show(V1.Tensor tensor) => $"[{string.Join(", ", tensor.Shape)}]";
}
