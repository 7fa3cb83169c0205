using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Models;

/// <summary>A ready-made concept of a model: the mean latent of some images (Eq. 4 of the paper), in a file of the model's folder.</summary>
public sealed record ManifestConcept
{
    /// <summary>What requests call it; unique in the model, of the same letters as the model's id.</summary>
    public required string Id { get; init; }

    /// <summary>For people; the id if absent.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A checkpoint file, relative to the model's folder; it must lie below it.</summary>
    public required string File { get; init; }

    /// <summary>The tensor in it: embedding-dim finite values, not all zero.</summary>
    public required string Tensor { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits. Checked before anything is read.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How latents are compared with it; default the dot product.</summary>
    public Similarity Similarity { get; init; }

    /// <summary>Images that it is the mean latent of, at least 1.</summary>
    public required int Images { get; init; }

    /// <summary>Where the images come from, for people.</summary>
    public string? Source { get; init; }
}
