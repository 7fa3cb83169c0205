using System.Text.Json;
using System.Text.Json.Serialization;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Verification;

/// <summary>
/// A folder with a small model and the values that every estimator must give on it: <c>case.json</c>, <c>expected.safetensors</c>,
/// and the weights in several formats.
/// </summary>
public sealed record ReferenceCase
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly Dictionary<string, ModelPart> Combined = new()
    {
        ["backbone."] = ModelPart.Backbone,
        ["head."] = ModelPart.Head,
    };

    private static readonly Dictionary<string, ModelPart> Lightning = new()
    {
        ["state_dict.model."] = ModelPart.Backbone,
        ["state_dict.backbone."] = ModelPart.Backbone,
        ["state_dict.linear."] = ModelPart.Head,
        ["state_dict.mlp_head."] = ModelPart.Head,
    };

    /// <summary>The folder.</summary>
    [JsonIgnore]
    public string Folder { get; private init; } = "";

    /// <summary>The folder's name.</summary>
    [JsonIgnore]
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    /// <summary>The backbone.</summary>
    public required BackboneConfig Architecture { get; init; }

    /// <summary>The head.</summary>
    public required HeadKind Head { get; init; }

    /// <summary>Number of logits.</summary>
    public required int Classes { get; init; }

    /// <summary>Input height, pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Input width, pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The output that most arrays explain.</summary>
    public required int Target { get; init; }

    /// <summary>The output that ranks in the discrimination arrays.</summary>
    public required int WrongTarget { get; init; }

    /// <summary>Percentages of the fidelity curves.</summary>
    public required IReadOnlyList<double> Percents { get; init; }

    /// <summary>Sides of the boxes, pixels.</summary>
    public required IReadOnlyList<int> BoxSizes { get; init; }

    /// <summary>Areas and compactness by name.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>Reads a case.</summary>
    /// <exception cref="ModelException">The folder has no valid case.json.</exception>
    public static ReferenceCase Read(string folder)
    {
        var path = Path.Combine(folder, "case.json");
        try
        {
            var read = JsonSerializer.Deserialize<ReferenceCase>(File.ReadAllBytes(path), Json)
                ?? throw new ModelException($"{path}: is null; must be an object");
            return read with { Folder = folder };
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The cases below a folder, by name; the folder itself if it is one.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static IReadOnlyList<ReferenceCase> ReadAll(string folder)
    {
        if (File.Exists(Path.Combine(folder, "case.json")))
        {
            return [Read(folder)];
        }

        var folders = Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Where(sub => File.Exists(Path.Combine(sub, "case.json"))).Order(StringComparer.Ordinal).ToList()
            : [];
        return folders.Count > 0
            ? [.. folders.Select(Read)]
            : throw new ModelException($"{folder}: holds no case; a case is a folder with a case.json");
    }

    /// <summary>
    /// The ways in which the folder holds the weights, each as a manifest, the one that the arrays are computed from first.
    /// </summary>
    public IReadOnlyList<ReferenceFormat> Formats()
    {
        var head = new Dictionary<string, ModelPart> { ["state_dict."] = ModelPart.Head };
        var backbone = new Dictionary<string, ModelPart> { [""] = ModelPart.Backbone };
        (string File, bool Exact)[] split = [("backbone.pth", true), ("backbone_legacy.pth", true), ("backbone_half.pth", false), ("backbone_bfloat16.pth", false)];
        var formats = new List<ReferenceFormat> { new("model.safetensors", Manifest(("model.safetensors", Combined)), true) };
        formats.AddRange(split.Select(entry => new ReferenceFormat(entry.File, Manifest((entry.File, backbone), ("head.pth", head)), entry.Exact)));
        formats.Add(new ReferenceFormat("lightning.ckpt", Manifest(("lightning.ckpt", Lightning)), true));
        return [.. formats.Where(format => format.Manifest.Files.All(file => File.Exists(Path.Combine(Folder, file.Path))))];
    }

    private ModelManifest Manifest(params (string Path, Dictionary<string, ModelPart> Prefixes)[] files) => new()
    {
        Id = "reference",
        Kind = ModelKind.Class,
        Backbone = new BackboneReference(null, Architecture),
        Head = Head,
        Files = [.. files.Where(file => File.Exists(Path.Combine(Folder, file.Path))).Select(file => new ManifestFile
        {
            Path = file.Path,
            Sha256 = ManifestFile.Hash(Path.Combine(Folder, file.Path)),
            Prefixes = file.Prefixes,
        })],
        Preprocessing = new PreprocessingOptions { Resize = ResizeMode.None, Crop = null },
    };
}
