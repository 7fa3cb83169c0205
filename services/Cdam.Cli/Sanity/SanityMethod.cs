namespace Cdam.Cli.Sanity;

/// <summary>A method that was checked, with its default parameters.</summary>
/// <param name="Name">As requests name it.</param>
/// <param name="DefinitionVersion">Of its numbers.</param>
internal sealed record SanityMethod(string Name, string DefinitionVersion);
