using System.Text.Json;
using Cdam.Cli.Explaining;
using Cdam.Cli.Scenes;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Cli.Benching;

/// <summary>The images of a folder, with labels and masks where it has them, one at a time.</summary>
internal static class BenchImages
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="ArgumentException">There are none.</exception>
    public static IEnumerable<UploadImagesRequest> Read(string folder, int limit) =>
        (File.Exists(Path.Combine(folder, SceneFiles.AnnotationsFile)) ? Annotated(folder) : Unlabelled(folder)).Take(limit);

    private static IEnumerable<UploadImagesRequest> Annotated(string folder) =>
        JsonSerializer.Deserialize<SceneAnnotations>(File.ReadAllBytes(Path.Combine(folder, SceneFiles.AnnotationsFile)), Json)!.Scenes.Select(scene =>
            Upload(folder, scene.File, scene.Objects));

    private static IEnumerable<UploadImagesRequest> Unlabelled(string folder) => Directory.Exists(folder)
        ? ImageFolder.Files(folder, "--images").Select(file => Upload(folder, Path.GetFileName(file), []))
        : throw new ArgumentException($"--images is \"{folder}\"; must be a folder, or one of {BenchScenes.Names}");

    private static UploadImagesRequest Upload(string folder, string file, IReadOnlyList<AnnotatedObject> objects) => new()
    {
        Name = file,
        Image = new Image { Encoded = Bytes(folder, file) },
        Labels = { objects.Select(seen => new Target { Output = seen.Class }) },
        Masks = { objects.Select(seen => new ObjectMask { Png = Bytes(folder, seen.Mask) }) },
    };

    private static ByteString Bytes(string folder, string file) => ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(folder, file)));
}
