using Cdam.Scenes;

namespace Cdam.Cli.Scenes;

/// <summary>An object of a picture.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Pattern">Its surface.</param>
/// <param name="Mask">A picture of the same size: white where the object is what one sees, else black.</param>
internal sealed record AnnotatedObject(string Class, TexturePattern Pattern, string Mask);
