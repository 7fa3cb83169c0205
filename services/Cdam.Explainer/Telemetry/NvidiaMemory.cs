using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cdam.Explainer.Telemetry;

/// <summary>
/// Memory of NVIDIA GPUs, as the driver's management library tells it (NVML API reference): torch's own figures are not to be had from
/// TorchSharp. The library comes with the driver, so a machine without one has none.
/// </summary>
internal static partial class NvidiaMemory
{
    private const string Library = "libnvidia-ml.so.1";
    private const int Success = 0;
    private static readonly Lazy<bool> IsUsable = new(Start);

    /// <param name="index">As CUDA counts: among the devices that CUDA_VISIBLE_DEVICES names.</param>
    /// <returns>Null where the library is missing, or does not tell.</returns>
    public static DeviceMemoryReading? Read(int index)
    {
        if (!IsUsable.Value || !Find(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), index, out var device))
        {
            return null;
        }

        return GetMemory(device, out var memory) == Success ? new DeviceMemoryReading((long)memory.Used, (long)memory.Total) : null;
    }

    /// <summary>The management library counts all devices of the machine, and knows them by their UUIDs, too.</summary>
    private static bool Find(string? visible, int index, out nint device)
    {
        var names = visible?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var name = index < names.Length ? names[index] : index.ToString(CultureInfo.InvariantCulture);
        return (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? GetByIndex(number, out device)
            : GetByUuid(name, out device)) == Success;
    }

    private static bool Start()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            return false;
        }

        return Initialise() == Success;
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int GetByIndex(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByUUID", StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int GetByUuid(string uuid, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int GetMemory(nint device, out MemoryInfo memory);

    /// <summary>nvmlMemory_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryInfo
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }
}
