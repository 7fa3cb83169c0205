namespace Cdam.Telemetry.Metrics;

/// <summary>How a metric behaves.</summary>
public enum MetricKind
{
    /// <summary>Only grows, from 0 at the start of the process.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts of measurements by size, with their number and sum.</summary>
    Histogram,
}
