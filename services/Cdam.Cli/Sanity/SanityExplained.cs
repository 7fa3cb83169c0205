namespace Cdam.Cli.Sanity;

/// <summary>An image and what of it was explained.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Targets">Names of outputs or concepts, the same for every altered model.</param>
internal sealed record SanityExplained(string Image, IReadOnlyList<string> Targets);
