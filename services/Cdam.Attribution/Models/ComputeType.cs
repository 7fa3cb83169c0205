namespace Cdam.Attribution.Models;

/// <summary>The type that the blocks before the final one compute in. The final block is always float32.</summary>
public enum ComputeType
{
    /// <summary>32 bits: the default, and the only one on a CPU.</summary>
    Float32,

    /// <summary>16 bits, CUDA only.</summary>
    Float16,

    /// <summary>16 bits with float32's range, CUDA only.</summary>
    BFloat16,
}
