using System.Text.Json.Serialization;

namespace Cdam.Cli.Measuring.Forwarding;

/// <summary>What a process holds once its garbage is collected, 10⁶ bytes.</summary>
/// <param name="HeapMb">On its managed heap.</param>
/// <param name="ResidentMb">In memory altogether; 0 where this is not Linux.</param>
internal sealed record HeldMemory(
    [property: JsonPropertyName("heap_mb")] double HeapMb,
    [property: JsonPropertyName("resident_mb")] double ResidentMb);
