using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>The same calls direct, through the gateway, and through a proxy that does nothing else, in turn.</summary>
/// <param name="Calls">Which calls.</param>
/// <param name="DirectMs">Median, milliseconds; of calls at once and of streams, time divided by the number of images.</param>
/// <param name="Gateway">The same through the gateway.</param>
/// <param name="PlainProxy">The same through <see cref="Forwarding.PlainProxy"/>.</param>
internal sealed record TimeRow(
    [property: JsonPropertyName("calls")] string Calls,
    [property: JsonPropertyName("direct_ms")] double DirectMs,
    [property: JsonPropertyName("gateway")] ForwardedTime Gateway,
    [property: JsonPropertyName("plain_proxy")] ForwardedTime PlainProxy);
