using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>Calls that something forwards, beside the direct ones.</summary>
/// <param name="Milliseconds">Median.</param>
/// <param name="MoreMs">Than the median of the direct ones.</param>
/// <param name="OfDirect">The time relative to that of the direct run beside it.</param>
internal sealed record ForwardedTime(
    [property: JsonPropertyName("ms")] double Milliseconds,
    [property: JsonPropertyName("more_ms")] double MoreMs,
    [property: JsonPropertyName("of_direct")] EstimatedMedian OfDirect);
