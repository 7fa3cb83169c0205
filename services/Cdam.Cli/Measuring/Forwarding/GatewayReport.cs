using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>What <c>cdam measure gateway --json</c> prints.</summary>
/// <param name="Times">What the gateway adds to a call.</param>
/// <param name="Memory">What it takes of memory and processor.</param>
internal sealed record GatewayReport(
    [property: JsonPropertyName("times")] IReadOnlyList<TimeRow> Times,
    [property: JsonPropertyName("memory")] IReadOnlyList<MemoryRow> Memory);
