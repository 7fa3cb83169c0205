using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring;

/// <summary>One row of <c>cdam measure</c>.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="MedianMs">Median over the rounds, milliseconds.</param>
/// <param name="Ratio">Median over the runs of the time relative to the standard forward pass beside it; of the gRPC rows, to the same work in process.</param>
internal sealed record MeasuredRow(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("median_ms")] double MedianMs,
    [property: JsonPropertyName("ratio")] double Ratio)
{
    /// <summary>The time relative to the same work done the published way, where a row does that.</summary>
    [JsonPropertyName("of_naive")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OfNaive { get; init; }
}
