using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Catalogue;

/// <summary>A published model that can be pulled: everything its manifest will say, and where its checkpoint is.</summary>
public sealed record CatalogueEntry
{
    /// <summary>The model's id, and its folder's name.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What the outputs are.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The architecture.</summary>
    public required BackboneReference Backbone { get; init; }

    /// <summary>What turns the latent into logits.</summary>
    public required HeadKind Head { get; init; }

    /// <summary>The checkpoint.</summary>
    public required CatalogueFile File { get; init; }

    /// <summary>As the model's authors evaluate it.</summary>
    public required PreprocessingOptions Preprocessing { get; init; }

    /// <summary>Whose names the outputs have; null without head.</summary>
    public OutputSet? Outputs { get; init; }

    /// <summary>SPDX identifier of the weights' licence, or a sentence.</summary>
    public required string Licence { get; init; }

    /// <summary>The page of its authors.</summary>
    public required Uri Source { get; init; }

    /// <summary>What one should know before using it; null if there is nothing.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Bytes of the checkpoint: <see cref="CatalogueFile.Size"/>, or without it the backbone's and the head's parameters at 4 bytes each,
    /// which is right to about 1 %.
    /// </summary>
    public long ApproximateBytes => File.Size ?? 4 * Parameters();

    /// <summary>The manifest of a folder that holds the checkpoint.</summary>
    /// <param name="sha256">The checkpoint's SHA-256, 64 hexadecimal digits.</param>
    public ModelManifest Manifest(string sha256) => new()
    {
        Id = Id,
        DisplayName = DisplayName,
        Kind = Kind,
        Backbone = Backbone,
        Head = Head,
        Files = [new ManifestFile { Path = File.Name, Sha256 = sha256, Prefixes = File.Prefixes }],
        Preprocessing = Preprocessing,
        Outputs = Outputs is null ? null : ImageNetClasses.Names,
        Licence = Licence,
        Source = File.Address.ToString(),
    };

    private long Parameters()
    {
        var config = Backbone.Resolve();
        var head = Outputs is null ? 0 : (config.Dim + 1L) * ImageNetClasses.Names.Count;
        return head + BackboneState.Describe(config).Sum(entry => entry.Shape.Aggregate(1L, (product, extent) => product * extent));
    }
}
