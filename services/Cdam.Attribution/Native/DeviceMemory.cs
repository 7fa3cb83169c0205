using System.Runtime.InteropServices;

namespace Cdam.Attribution.Native;

/// <summary>Tells a lack of memory from other faults of torch, which throws one type for all of them.</summary>
public static class DeviceMemory
{
    /// <summary>Whether an exception says that memory, of the device or of the machine, did not suffice: less at a time may fit.</summary>
    public static bool IsExhausted(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception is OutOfMemoryException
            || (exception is ExternalException
                && (exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
                    || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)));
    }
}
