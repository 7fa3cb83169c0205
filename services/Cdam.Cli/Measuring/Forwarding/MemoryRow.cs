using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>What some load leaves in a process's memory, and what it costs there.</summary>
/// <param name="Load">What was done.</param>
/// <param name="Before">Before it.</param>
/// <param name="After">After it, or, where streams are held, while they are.</param>
/// <param name="PeakMb">The most that was resident meanwhile, 10⁶ bytes; garbage counts.</param>
/// <param name="ProcessorSeconds">Of all its threads, meanwhile.</param>
internal sealed record MemoryRow(
    [property: JsonPropertyName("load")] string Load,
    [property: JsonPropertyName("before")] HeldMemory Before,
    [property: JsonPropertyName("after")] HeldMemory After,
    [property: JsonPropertyName("peak_mb")] double PeakMb,
    [property: JsonPropertyName("processor_s")] double ProcessorSeconds);
