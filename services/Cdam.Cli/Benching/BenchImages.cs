using System.Text.Json;
using Cdam.Cli.Explaining;
using Cdam.Cli.Localization;
using Cdam.Cli.Scenes;
using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;

namespace Cdam.Cli.Benching;

/// <summary>The images of a benchmark with their labels, one at a time.</summary>
internal static class BenchImages
{
    public const string OneObject = "scenes:one";
    public const string TwoObjects = "scenes:multi";
    private const int SceneSide = 112;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="ArgumentException">There are none.</exception>
    public static IEnumerable<UploadImagesRequest> Read(BenchArguments arguments) => arguments.Images switch
    {
        OneObject => Scenes(SceneSet.OneObject, arguments),
        TwoObjects => Scenes(SceneSet.TwoObjects, arguments),
        var folder when File.Exists(Path.Combine(folder, SceneFiles.AnnotationsFile)) => Annotated(folder).Take(arguments.Limit),
        var folder => Unlabelled(folder).Take(arguments.Limit),
    };

    private static IEnumerable<UploadImagesRequest> Scenes(SceneSet set, BenchArguments arguments) =>
        new SceneGenerator(SceneSide, arguments.Seed).Stream(set).Take(arguments.Limit).Select((scene, index) => new UploadImagesRequest
        {
            Name = $"{set.ToString().ToLowerInvariant()}-{index:000000}",
            Image = SceneImage.Of(scene),
            Labels = { scene.Objects.Select(placed => new Target { Output = SceneGenerator.ClassNames[placed.ClassIndex] }) },
        });

    private static IEnumerable<UploadImagesRequest> Annotated(string folder) =>
        JsonSerializer.Deserialize<SceneAnnotations>(File.ReadAllBytes(Path.Combine(folder, SceneFiles.AnnotationsFile)), Json)!.Scenes.Select(scene =>
            Upload(folder, scene.File, scene.Objects));

    private static IEnumerable<UploadImagesRequest> Unlabelled(string folder) => Directory.Exists(folder)
        ? ImageFolder.Files(folder, "--images").Select(file => Upload(folder, Path.GetFileName(file), []))
        : throw new ArgumentException($"--images is \"{folder}\"; must be a folder, {OneObject} or {TwoObjects}");

    private static UploadImagesRequest Upload(string folder, string file, IReadOnlyList<AnnotatedObject> objects) => new()
    {
        Name = file,
        Image = new Image { Encoded = Bytes(folder, file) },
        Labels = { objects.Select(seen => new Target { Output = seen.Class }) },
        Masks = { objects.Select(seen => new ObjectMask { Png = Bytes(folder, seen.Mask) }) },
    };

    private static ByteString Bytes(string folder, string file) => ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(folder, file)));
}
