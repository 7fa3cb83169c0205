namespace Cdam.Attribution.Checkpoints;

/// <summary>The names of the element types in a safetensors header.</summary>
internal static class SafetensorsTypes
{
    public static string Name(TensorType type) => type switch
    {
        TensorType.Float64 => "F64",
        TensorType.Float32 => "F32",
        TensorType.Float16 => "F16",
        TensorType.BFloat16 => "BF16",
        TensorType.Int64 => "I64",
        TensorType.Int32 => "I32",
        TensorType.Int16 => "I16",
        TensorType.Int8 => "I8",
        TensorType.UInt8 => "U8",
        TensorType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a tensor type"),
    };

    /// <returns>Null for a type that is not supported.</returns>
    public static TensorType? Find(string name) => name switch
    {
        "F64" => TensorType.Float64,
        "F32" => TensorType.Float32,
        "F16" => TensorType.Float16,
        "BF16" => TensorType.BFloat16,
        "I64" => TensorType.Int64,
        "I32" => TensorType.Int32,
        "I16" => TensorType.Int16,
        "I8" => TensorType.Int8,
        "U8" => TensorType.UInt8,
        "BOOL" => TensorType.Bool,
        _ => null,
    };
}
