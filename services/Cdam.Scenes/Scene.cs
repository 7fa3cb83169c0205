namespace Cdam.Scenes;

/// <summary>A picture and what is in it.</summary>
/// <param name="Side">Width and height, in pixels.</param>
/// <param name="Rgb">side × side × 3 bytes: rows from the top, pixels from the left, R G B.</param>
/// <param name="Objects">One or two, the one in front last.</param>
public sealed record Scene(int Side, byte[] Rgb, IReadOnlyList<SceneObject> Objects);
