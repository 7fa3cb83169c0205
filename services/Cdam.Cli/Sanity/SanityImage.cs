using Cdam.Attribution.Explanations;

namespace Cdam.Cli.Sanity;

/// <summary>An image to explain.</summary>
/// <param name="Name">A file's name, or the number of a scene or a nodule's id.</param>
/// <param name="Views">One picture, or the slices of a nodule.</param>
internal sealed record SanityImage(string Name, IReadOnlyList<ModelInput> Views);
