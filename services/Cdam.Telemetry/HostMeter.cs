using System.Diagnostics.Metrics;

namespace Cdam.Telemetry;

/// <summary>The meter of one host; another host of the same process has another, whatever its name.</summary>
/// <param name="factory">The host's.</param>
/// <param name="host">Its name.</param>
public sealed class HostMeter(IMeterFactory factory, HostName host)
{
    /// <summary>The meter.</summary>
    public Meter Value { get; } = factory.Create(host.Value);
}
