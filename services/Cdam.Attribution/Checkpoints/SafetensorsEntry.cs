namespace Cdam.Attribution.Checkpoints;

/// <summary>One tensor to be written by <see cref="SafetensorsWriter"/>.</summary>
/// <param name="Name">Any text but <c>__metadata__</c>; unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, none negative; empty for a scalar.</param>
/// <param name="Data">All elements: row-major, little endian, without gaps.</param>
public sealed record SafetensorsEntry(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data);
