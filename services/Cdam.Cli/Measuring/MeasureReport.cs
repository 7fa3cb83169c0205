using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring;

/// <summary>What <c>cdam measure --json</c> prints.</summary>
/// <param name="Rows">In the order of the table.</param>
/// <param name="MatmulGflops">Rate of a plain matrix product, 10⁹ operations a second.</param>
/// <param name="ForwardGflops">Rate of the standard forward pass.</param>
/// <param name="PeakMb">Peak resident memory during Smooth CDAM above the idle process's, 10⁶ bytes.</param>
internal sealed record MeasureReport(
    [property: JsonPropertyName("rows")] IReadOnlyList<MeasuredRow> Rows,
    [property: JsonPropertyName("matmul_gflops")] double MatmulGflops,
    [property: JsonPropertyName("forward_gflops")] double ForwardGflops,
    [property: JsonPropertyName("peak_mb")] double PeakMb);
