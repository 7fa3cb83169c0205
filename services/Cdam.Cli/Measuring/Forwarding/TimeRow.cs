using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>The same calls direct, through the gateway, and through a proxy that does nothing else, in turn.</summary>
/// <param name="Calls">Which calls.</param>
/// <param name="DirectMs">Median, milliseconds; of calls at once and of streams, time divided by the number of images.</param>
/// <param name="GatewayMs">The same through the gateway.</param>
/// <param name="ProxyMs">The same through <see cref="PlainProxy"/>.</param>
/// <param name="Ratio">Median over the runs of the gateway's time relative to that of the direct run beside it.</param>
/// <param name="ProxyRatio">The same of the plain proxy's time.</param>
internal sealed record TimeRow(
    [property: JsonPropertyName("calls")] string Calls,
    [property: JsonPropertyName("direct_ms")] double DirectMs,
    [property: JsonPropertyName("gateway_ms")] double GatewayMs,
    [property: JsonPropertyName("plain_proxy_ms")] double ProxyMs,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("plain_proxy_ratio")] double ProxyRatio);
