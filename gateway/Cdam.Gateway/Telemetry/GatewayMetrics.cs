using Cdam.Telemetry.Metrics;

namespace Cdam.Gateway.Telemetry;

/// <summary>What a gateway measures beside <see cref="StandardMetrics"/>. A pool is a cluster of the configuration, the evaluators' among them.</summary>
public static class GatewayMetrics
{
    private const string Pool = "pool";

    public static readonly Metric Calls = new(
        "cdam.gateway.calls", MetricKind.Counter, "{call}", "Calls that were routed, by the status that the client was sent.", Pool, "code");

    public static readonly Metric ActiveCalls = new("cdam.gateway.active_calls", MetricKind.Gauge, "{call}", "Calls that destinations are at work on.", Pool);

    public static readonly Metric Retries = new(
        "cdam.gateway.retries", MetricKind.Counter, "{attempt}", "Attempts beyond a call's first, each at another destination.", Pool);

    public static readonly Metric Faults = new(
        "cdam.gateway.faults", MetricKind.Counter, "{call}", "Calls that the gateway ended by itself, by the reason in their ErrorInfo.", Pool, "reason");

    public static readonly Metric Destinations = new(
        "cdam.gateway.destinations", MetricKind.Gauge, "{destination}", "Destinations: healthy ones take calls, unhealthy ones do not.", Pool, "state");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [Calls, ActiveCalls, Retries, Faults, Destinations];
}
