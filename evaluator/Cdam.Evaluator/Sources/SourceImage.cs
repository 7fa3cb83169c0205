namespace Cdam.Evaluator.Sources;

/// <summary>An image that a source lists.</summary>
/// <param name="Name">The client's name for it, or its path in the folder.</param>
/// <param name="Labels">Its classes; may be empty.</param>
internal sealed record SourceImage(string Name, IReadOnlyList<ImageLabel> Labels);
