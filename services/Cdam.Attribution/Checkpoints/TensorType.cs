using System.Diagnostics.CodeAnalysis;

namespace Cdam.Attribution.Checkpoints;

/// <summary>Element types that a checkpoint may hold. All are little endian; <see cref="Bool"/> is one byte, 0 or 1.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Types are what its members name.")]
public enum TensorType
{
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
}
