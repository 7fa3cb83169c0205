namespace Cdam.Cli.Scenes;

/// <summary>A picture and its objects.</summary>
/// <param name="File">Below the folder.</param>
/// <param name="Objects">One or two, the one in front last.</param>
internal sealed record AnnotatedScene(string File, IReadOnlyList<AnnotatedObject> Objects);
