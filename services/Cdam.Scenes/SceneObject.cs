namespace Cdam.Scenes;

/// <summary>An object of a scene.</summary>
/// <param name="ClassIndex">Position in <see cref="SceneGenerator.ClassNames"/>.</param>
/// <param name="Pattern">What its surface looks like.</param>
/// <param name="Mask">side × side bytes, 1 where the object is what one sees (less what is in front of it), else 0.</param>
public sealed record SceneObject(int ClassIndex, TexturePattern Pattern, byte[] Mask);
