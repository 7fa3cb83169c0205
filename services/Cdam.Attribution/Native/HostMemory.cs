using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Cdam.Attribution.Native;

/// <summary>Direct access to tensors on the CPU.</summary>
internal static class HostMemory
{
    /// <summary>Where a contiguous tensor's values begin; valid as long as the tensor lives.</summary>
    public static unsafe nint Address(Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
