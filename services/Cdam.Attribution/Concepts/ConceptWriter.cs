using System.Runtime.InteropServices;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Concepts;

/// <summary>
/// Adds ready-made concepts to model folders. The vectors go into a new file named after its content, and the manifest is replaced in
/// one move: whoever loads the folder meanwhile, or after a crash, finds the old concepts or the new ones.
/// </summary>
public static class ConceptWriter
{
    private const string Extension = ".safetensors";

    /// <summary>Adds a concept to a folder; those that it has are kept, with their vectors bit for bit.</summary>
    /// <param name="folder">With a valid manifest, which is written anew: comments in it are lost.</param>
    /// <param name="concept">Finite, not all zero, of the model's dimension.</param>
    /// <param name="images">Images that the vector is the mean latent of, at least 1.</param>
    /// <param name="source">Where they come from, for people; null for nothing to say.</param>
    /// <param name="replace">Whether a concept of that id may be there already, to be replaced.</param>
    /// <exception cref="ModelException">The folder has no valid manifest, or the id is taken.</exception>
    /// <exception cref="AttributionException">The id, the vector or the number of images breaks a rule.</exception>
    /// <exception cref="CheckpointException">The file with the other concepts cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be written; the folder is as it was.</exception>
    public static ModelManifest Add(string folder, ConceptTarget concept, int images, string? source, bool replace)
    {
        ArgumentNullException.ThrowIfNull(concept);
        var manifest = ModelManifest.Read(folder);
        var dim = manifest.Backbone.Resolve().Dim;
        Check(folder, manifest, concept, dim, images, replace);
        var added = new ManifestConcept
        {
            Id = concept.Id!,
            DisplayName = concept.Name == concept.Id ? null : concept.Name,
            File = "",
            Tensor = concept.Id!,
            Sha256 = "",
            Similarity = concept.Similarity,
            Images = images,
            Source = source,
        };
        var kept = ReadyConcepts.Read(folder, manifest, dim).All.Where(other => other.Description.Id != concept.Id);
        var all = kept.Append(new ReadyConcept(added, concept)).ToList();
        var (file, hash) = WriteVectors(folder, all);
        var changed = manifest with { Concepts = [.. all.Select(entry => entry.Description with { File = file, Tensor = entry.Description.Id, Sha256 = hash })] };
        changed.Write(folder);
        RemoveUnused(folder, manifest, file);
        return changed;
    }

    /// <summary>That a folder can take a concept, before its images are read.</summary>
    /// <param name="folder">With a manifest.</param>
    /// <param name="id">The concept's.</param>
    /// <param name="replace">Whether it may be there already.</param>
    /// <exception cref="ModelException">There is no valid manifest, the id is taken, or the folder has as many concepts as it may.</exception>
    /// <exception cref="AttributionException">The id is none.</exception>
    public static void RequireFree(string folder, string id, bool replace) => RequireFree(folder, ModelManifest.Read(folder), id, replace);

    private static void Check(string folder, ModelManifest manifest, ConceptTarget concept, int dim, int images, bool replace)
    {
        RequireFree(folder, manifest, concept.Id ?? "", replace);
        if (images < 1)
        {
            throw new AttributionException("images", $"is {images}; must be at least 1");
        }

        var fault = concept.Vector.Length == dim
            ? ConceptTarget.Fault(concept.Vector)
            : $"has {concept.Vector.Length} values; this model's latents have {dim}";
        if (fault is not null)
        {
            throw new AttributionException("vector", fault);
        }
    }

    private static void RequireFree(string folder, ModelManifest manifest, string id, bool replace)
    {
        if (!ModelManifest.IsId(id))
        {
            throw new AttributionException("id", $"is \"{id}\"; {ModelManifest.IdRule}");
        }

        var isTaken = manifest.Concepts.Any(other => other.Id == id);
        if (isTaken && !replace)
        {
            throw new ModelException($"{folder}: has a concept \"{id}\" already; choose another id, or replace it");
        }

        if (!isTaken && manifest.Concepts.Count >= ConceptRules.Most)
        {
            throw new ModelException($"{folder}: has {manifest.Concepts.Count} concepts; at most {ConceptRules.Most} are accepted");
        }
    }

    private static (string File, string Hash) WriteVectors(string folder, IEnumerable<ReadyConcept> concepts)
    {
        var temporary = Path.Combine(folder, $"concepts.{Guid.NewGuid():N}.tmp");
        try
        {
            SafetensorsWriter.Write(temporary, [.. concepts.Select(concept => new SafetensorsEntry(
                concept.Description.Id, TensorType.Float32, [concept.Target.Vector.Length], MemoryMarshal.AsBytes(concept.Target.Vector.AsSpan()).ToArray()))]);
            var hash = ManifestFile.Hash(temporary);
            var file = $"concepts-{hash[..12]}{Extension}";
            File.Move(temporary, Path.Combine(folder, file), overwrite: true);
            return (file, hash);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Files that only this class can have written: others may hold more than concepts.</summary>
    private static void RemoveUnused(string folder, ModelManifest before, string current)
    {
        foreach (var concept in before.Concepts.Where(concept => concept.File != current && concept.File == $"concepts-{concept.Sha256[..12]}{Extension}"))
        {
            File.Delete(Path.Combine(folder, concept.File));
        }
    }
}
