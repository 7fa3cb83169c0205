namespace Cdam.Attribution.Checkpoints;

/// <summary>One tensor of a safetensors header, as it stands there: only its form is checked.</summary>
/// <param name="Name">Unique in the header.</param>
/// <param name="Type">The type's name in the header.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
internal sealed record SafetensorsItem(string Name, string Type, long[] Shape, long Begin, long End);
