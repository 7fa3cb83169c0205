namespace Cdam.Scenes;

/// <summary>What is not left to chance; null leaves it.</summary>
/// <param name="ClassIndex">The first object's class.</param>
/// <param name="Pattern">The first object's surface.</param>
public sealed record SceneWish(int? ClassIndex = null, TexturePattern? Pattern = null);
