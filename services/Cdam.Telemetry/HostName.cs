namespace Cdam.Telemetry;

/// <summary>What a host calls itself in its telemetry.</summary>
/// <param name="Value">Of its meter and its source of spans, for example <c>Cdam.Gateway</c>.</param>
public sealed record HostName(string Value)
{
    /// <summary>OpenTelemetry's <c>service.name</c>, unless <c>OTEL_SERVICE_NAME</c> says another: <c>cdam-gateway</c>.</summary>
    public string Service => Value.ToLowerInvariant().Replace('.', '-');
}
