using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Cli.Localization;

/// <summary>A scene as a request carries it: raw pixels, so that masks lie on maps exactly.</summary>
internal static class SceneImage
{
    public static Image Of(Scene scene) => new()
    {
        Picture = new Picture { Width = scene.Side, Height = scene.Side, Rgb = ByteString.CopyFrom(scene.Rgb) },
    };
}
