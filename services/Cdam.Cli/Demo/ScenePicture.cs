using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Rendering;
using Cdam.Scenes;

namespace Cdam.Cli.Demo;

/// <summary>Scenes as PNG files.</summary>
internal static class ScenePicture
{
    private const int Dimming = 5;

    public static byte[] Plain(Scene scene) => PngEncoder.Encode(new PixelImage(scene.Side, scene.Side, scene.Rgb));

    /// <summary>The scene, dark but for one object.</summary>
    public static byte[] Masked(Scene scene, SceneObject lit) => PngEncoder.Encode(new PixelImage(
        scene.Side, scene.Side, [.. scene.Rgb.Select((value, index) => lit.Mask[index / 3] == 1 ? value : (byte)(value / Dimming))]));
}
