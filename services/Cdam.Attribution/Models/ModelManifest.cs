using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Models;

/// <summary>What <c>model.json</c> says of a model.</summary>
public sealed partial record ModelManifest
{
    /// <summary>The manifest's name in a model folder.</summary>
    public const string FileName = "model.json";

    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new BackboneJsonConverter() },
    };

    /// <summary>Unique among a server's models; lower-case letters, digits, hyphens, dots and underscores, at most 63.</summary>
    public required string Id { get; init; }

    /// <summary>For people; the id if absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What the outputs are.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>A name of <see cref="BackboneCatalog"/>, or the numbers themselves.</summary>
    public required BackboneReference Backbone { get; init; }

    /// <summary>What turns the latent into logits.</summary>
    public required HeadKind Head { get; init; }

    /// <summary>The checkpoints, at least one.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>How pictures are prepared.</summary>
    public PreprocessingOptions Preprocessing { get; init; } = new();

    /// <summary>
    /// Names of the outputs in the order of the logits; several names of one output are separated by <c>, </c> as ImageNet's are.
    /// Absent: <c>output 0</c>, …
    /// </summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>SPDX identifier of the weights' licence, or a sentence.</summary>
    public string? Licence { get; init; }

    /// <summary>Where the weights come from.</summary>
    public string? Source { get; init; }

    /// <summary>True where the weights are random, so that maps mean nothing.</summary>
    public bool RandomWeights { get; init; }

    /// <summary>Reads and checks a folder's manifest.</summary>
    /// <exception cref="ModelException">There is none, it is not valid JSON, or it breaks rules (all are named).</exception>
    public static ModelManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllBytes(path), Json)
                ?? throw new ModelException($"{path}: is null; must be an object");
            manifest.Validate(path);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes the manifest into a folder.</summary>
    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>Checks it against the rules.</summary>
    /// <param name="path">Where it is from, for the message.</param>
    /// <exception cref="ModelException">It breaks rules; all are named.</exception>
    public void Validate(string path)
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
        {
            throw new ModelException($"{path}: {string.Join("; ", faults)}");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,62}$")]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex HashPattern();

    /// <summary>The rules that this manifest breaks.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!IdPattern().IsMatch(Id))
        {
            yield return $"id is \"{Id}\"; must be 1 to 63 lower-case letters, digits, '-', '.', '_', starting with a letter or digit";
        }

        if (Kind == ModelKind.Concept != (Head == HeadKind.None))
        {
            yield return $"head is {Head} for kind {Kind}; concept models, and only they, have none";
        }

        if (Files.Count == 0)
        {
            yield return "files is empty; must name at least one checkpoint";
        }

        foreach (var (names, index) in (Outputs ?? []).Select((names, index) => (names, index)))
        {
            if (string.IsNullOrWhiteSpace(names?.Replace(',', ' ')))
            {
                yield return $"outputs[{index}] is \"{names}\"; must hold at least one name";
            }
        }

        foreach (var (file, index) in Files.Select((file, index) => (file, index)))
        {
            if (file is null)
            {
                yield return $"files[{index}] is null; must be an object";
                continue;
            }

            if (Path.IsPathRooted(file.Path) || file.Path.Split('/', '\\').Contains("..") || file.Path.Length == 0)
            {
                yield return $"files[{index}].path is \"{file.Path}\"; must lie below the model's folder";
            }

            if (!HashPattern().IsMatch(file.Sha256))
            {
                yield return $"files[{index}].sha256 is \"{file.Sha256}\"; must be 64 hexadecimal digits";
            }

            if (file.Prefixes.Count == 0)
            {
                yield return $"files[{index}].prefixes is empty; must map at least one prefix";
            }
        }

        foreach (var fault in ArgumentFaults(Preprocessing.Validate).Concat(ArgumentFaults(() => Backbone.Resolve())))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> ArgumentFaults(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (ArgumentException exception)
        {
            return [exception.Message];
        }
    }
}
