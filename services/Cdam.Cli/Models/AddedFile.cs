using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Recognition;

namespace Cdam.Cli.Models;

/// <summary>What a person says of a bare checkpoint; what is left out is told from its tensors.</summary>
internal sealed record AddedFile
{
    /// <summary>The model's id.</summary>
    public required string Id { get; init; }

    /// <summary>A name of <see cref="BackboneCatalog"/>; null: the one whose tensors are there.</summary>
    public string? Backbone { get; init; }

    /// <summary>What stands before the backbone's names; null: whatever stands before the one [CLS] token.</summary>
    public string? Prefix { get; init; }

    /// <summary>The head's layers; null: those of the one head that is there.</summary>
    public HeadKind? Head { get; init; }

    /// <summary>What stands before the head's names; null: whatever stands before the one head's.</summary>
    public string? HeadPrefix { get; init; }

    /// <summary>What the outputs are; null: classes, or concepts without head.</summary>
    public ModelKind? Kind { get; init; }

    /// <summary>Names of the outputs; null: they are numbered.</summary>
    public IReadOnlyList<string>? Outputs { get; init; }

    /// <summary>Makes the manifest.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="found">Told what was found in it.</param>
    /// <exception cref="ModelException">What is in the file is not enough, or too much, to tell.</exception>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public ModelManifest Describe(string path, Action<string> found)
    {
        using var checkpoint = Checkpoint.Open(path);
        found($"{checkpoint.Format}, {checkpoint.Tensors.Count} tensors");
        var backbone = One(path, "backbone", "--prefix", CheckpointRecognition.Backbones(checkpoint), Prefix, known => known.Prefix);
        found($"backbone in {backbone.Naming} naming under \"{backbone.Prefix}\": {backbone.Summary}");
        var name = Backbone ?? Name(path, backbone);
        var config = BackboneCatalog.Get(name);
        var head = FindHead(path, checkpoint, backbone, config);
        found(head is null ? $"{name} without head" : $"{name} with a {head.Kind} head under \"{head.Prefix}\" of {head.Outputs} outputs");
        var prefixes = new Dictionary<string, ModelPart> { [backbone.Prefix] = ModelPart.Backbone };
        if (head is not null)
        {
            prefixes[head.Prefix] = ModelPart.Head;
        }

        return new ModelManifest
        {
            Id = Id,
            Kind = Kind ?? (head is null ? ModelKind.Concept : ModelKind.Class),
            Backbone = new BackboneReference(name, null),
            Head = head?.Kind ?? HeadKind.None,
            Files = [new ManifestFile { Path = Path.GetFileName(path), Sha256 = ManifestFile.Hash(path), Prefixes = prefixes }],
            Preprocessing = Preparation(config),
            Outputs = Outputs,
            Source = Path.GetFullPath(path),
        };
    }

    private RecognisedHead? FindHead(string path, Checkpoint checkpoint, RecognisedBackbone backbone, BackboneConfig config)
    {
        if (Head == HeadKind.None)
        {
            return null;
        }

        var heads = CheckpointRecognition.Heads(checkpoint, backbone.Prefix, config).Where(head => Head is null || head.Kind == Head).ToList();
        return heads.Count == 0 && Head is null && HeadPrefix is null
            ? null
            : One(path, "head", "--head-prefix (--head none leaves them out)", heads, HeadPrefix, head => head.Prefix);
    }

    private static string Name(string path, RecognisedBackbone backbone) => backbone.Fitting switch
    {
        [var name] => name,
        [] => throw new ModelException($"{path}: {backbone.Summary} under \"{backbone.Prefix}\" is none of {string.Join(", ", BackboneCatalog.All.Keys)}; "
            + "write a model.json with the numbers, and add its folder"),
        _ => throw new ModelException(
            $"{path}: its tensors are those of {string.Join(" and ", backbone.Fitting)}, which differ in what shapes do not show; choose with --backbone"),
    };

    private static T One<T>(string path, string what, string option, IReadOnlyList<T> all, string? wanted, Func<T, string> prefix)
    {
        var fitting = all.Where(known => wanted is null || prefix(known) == wanted).ToList();
        var list = string.Join(", ", all.Select(known => $"\"{prefix(known)}\""));
        return fitting switch
        {
            [var only] => only,
            [] when all.Count == 0 => throw new ModelException($"{path}: holds no {what} in a known naming"),
            [] => throw new ModelException($"{path}: holds no {what} under \"{wanted}\"; there are {list}"),
            _ => throw new ModelException($"{path}: holds {fitting.Count} {what}s, under {list}; choose with {option}"),
        };
    }

    /// <summary>The usual evaluation at the backbone's own side; DINOv2 is evaluated at 224, not at the 518 of its positional embedding.</summary>
    private static PreprocessingOptions Preparation(BackboneConfig config) => config.Naming == BackboneNaming.DinoV2
        ? new PreprocessingOptions()
        : new PreprocessingOptions { Side = config.Image * 8 / 7, Crop = config.Image };
}
