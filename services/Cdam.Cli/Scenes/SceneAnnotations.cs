namespace Cdam.Cli.Scenes;

/// <summary>What is in a folder of scenes, and how to draw them again.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Seed">Of the scenes.</param>
/// <param name="Side">Width and height, in pixels.</param>
/// <param name="Classes">All that there are, in the order of a model's outputs.</param>
/// <param name="Scenes">In the set's order.</param>
internal sealed record SceneAnnotations(string Set, ulong Seed, int Side, IReadOnlyList<string> Classes, List<AnnotatedScene> Scenes);
