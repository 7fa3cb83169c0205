using System.Globalization;

namespace Cdam.Explainer.Telemetry;

/// <summary>Bytes of a device's memory.</summary>
/// <param name="Used">In use now.</param>
/// <param name="Total">All that there is.</param>
internal readonly record struct DeviceMemoryReading(long Used, long Total)
{
    private const string Cuda = "cuda:";

    /// <param name="device"><c>cpu</c> or <c>cuda:N</c>.</param>
    /// <returns>Null where the driver's library is missing or does not tell.</returns>
    public static DeviceMemoryReading? Of(string device) => device.StartsWith(Cuda, StringComparison.Ordinal)
        ? NvidiaMemory.Read(int.Parse(device.AsSpan(Cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture))
        : new DeviceMemoryReading(Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
}
