using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;

namespace Cdam.Attribution.Models;

/// <summary>What <c>model.json</c> says of a model.</summary>
public sealed partial record ModelManifest
{
    /// <summary>The manifest's name in a model folder.</summary>
    public const string FileName = "model.json";

    internal const string IdRule = "must be 1 to 63 lower-case letters, digits, '-', '.', '_', starting with a letter or digit";

    private static readonly JsonSerializerOptions Json = new()
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
    /// Absent: <c>output 0</c>, …, but <see cref="Biomarkers.Names"/> for <see cref="ModelKind.Biomarker"/> and <c>malignancy</c> for
    /// <see cref="ModelKind.Malignancy"/>. A biomarker model has those names first, in that order.
    /// </summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>How CT volumes are prepared; only lung CT kinds may have it. Null: the model takes pictures only.</summary>
    public VolumeOptions? Volume { get; init; }

    /// <summary>
    /// What turns each standardised output into clinical units; only for <see cref="ModelKind.Biomarker"/>, and required there where
    /// <see cref="Volume"/> is given. Null: outputs are as the head gives them.
    /// </summary>
    public IReadOnlyList<OutputScale>? OutputScale { get; init; }

    /// <summary>Ready-made concepts, at most 64; default none.</summary>
    public IReadOnlyList<ManifestConcept> Concepts { get; init; } = [];

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

    /// <summary>Writes the manifest into a folder, beside the old one first, so that nobody ever sees half of it.</summary>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this, Json));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether a text can be an id.</summary>
    internal static bool IsId(string text) => IdPattern().IsMatch(text);

    /// <summary>Whether a text is a SHA-256.</summary>
    internal static bool IsHash(string text) => HashPattern().IsMatch(text);

    /// <summary>Whether a path cannot leave the model's folder. Links below it may lead elsewhere: who made the folder made them.</summary>
    internal static bool IsBelowFolder(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,62}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[0-9a-fA-F]{64}\z")]
    private static partial Regex HashPattern();

    private void Validate(string path)
    {
        var faults = Faults().ToList();
        if (faults.Count > 0)
        {
            throw new ModelException($"{path}: {string.Join("; ", faults)}");
        }
    }

    private IEnumerable<string> Faults()
    {
        if (!IsId(Id))
        {
            yield return $"id is \"{Id}\"; {IdRule}";
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

        foreach (var fault in FileFaults().Concat(ArgumentFaults(Preprocessing.Validate)).Concat(ArgumentFaults(() => Backbone.Resolve())))
        {
            yield return fault;
        }

        foreach (var fault in LungRules.Faults(this).Concat(ConceptRules.Faults(Concepts)))
        {
            yield return fault;
        }
    }

    private IEnumerable<string> FileFaults()
    {
        foreach (var (file, index) in Files.Select((file, index) => (file, index)))
        {
            if (file is null)
            {
                yield return $"files[{index}] is null; must be an object";
                continue;
            }

            if (!IsBelowFolder(file.Path))
            {
                yield return $"files[{index}].path is \"{file.Path}\"; must lie below the model's folder";
            }

            if (!IsHash(file.Sha256))
            {
                yield return $"files[{index}].sha256 is \"{file.Sha256}\"; must be 64 hexadecimal digits";
            }

            if (file.Prefixes.Count == 0)
            {
                yield return $"files[{index}].prefixes is empty; must map at least one prefix";
            }
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
