namespace Cdam.Evaluator.Sources;

/// <summary>An image that a source lists.</summary>
/// <param name="Name">The client's name for it, or its path in the folder.</param>
/// <param name="Labels">Its classes; may be empty.</param>
/// <param name="HasMask">Whether it is known where the object of the first label is.</param>
/// <param name="MaskFile">Path of that mask in the folder; null where it is kept elsewhere, or there is none.</param>
internal sealed record SourceImage(string Name, IReadOnlyList<ImageLabel> Labels, bool HasMask = false, string? MaskFile = null);
