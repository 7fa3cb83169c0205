using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Models;

/// <summary>The concepts that came with a model, in the manifest's order.</summary>
public sealed class ReadyConcepts
{
    private readonly Dictionary<string, ReadyConcept> _byId;

    private ReadyConcepts(IReadOnlyList<ReadyConcept> all)
    {
        All = all;
        _byId = all.ToDictionary(concept => concept.Description.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ReadyConcept> All { get; }

    /// <summary>Finds a concept; case does not matter.</summary>
    /// <exception cref="AttributionException">There is none of that id; near matches are named.</exception>
    public ReadyConcept Find(string id)
    {
        if (_byId.TryGetValue(id.Trim(), out var found))
        {
            return found;
        }

        var known = All.Count == 0
            ? "this model came with no concepts"
            : $"no concept has this id{NearNames.Suggest(id, All.Select(concept => concept.Description.Id))}";
        throw new AttributionException("concept_id", $"is \"{id}\"; {known}");
    }

    /// <summary>Reads the vectors: hashes first, each file once.</summary>
    /// <exception cref="ModelException">A hash, a tensor or a value breaks a rule.</exception>
    /// <exception cref="CheckpointException">A file cannot be read.</exception>
    internal static ReadyConcepts Read(string folder, ModelManifest manifest, int dim)
    {
        var vectors = new Dictionary<ManifestConcept, float[]>();
        foreach (var file in manifest.Concepts.GroupBy(concept => (concept.File, concept.Sha256)))
        {
            FileHash.Require(folder, file.Key.File, file.Key.Sha256);
            using var checkpoint = Checkpoint.Open(Path.Combine(folder, file.Key.File));
            foreach (var concept in file)
            {
                vectors[concept] = ReadVector(checkpoint, concept, dim);
            }
        }

        return new ReadyConcepts([.. manifest.Concepts.Select(concept => new ReadyConcept(
            concept, new ConceptTarget(concept.DisplayName ?? concept.Id, vectors[concept], concept.Similarity) { Id = concept.Id }))]);
    }

    private static float[] ReadVector(Checkpoint checkpoint, ManifestConcept concept, int dim)
    {
        if (!checkpoint.Tensors.TryGetValue(concept.Tensor, out var tensor))
        {
            throw Fault($"is not there; the file has {string.Join(", ", checkpoint.Tensors.Keys.Take(20).Select(name => $"\"{name}\""))}");
        }

        if (tensor.Shape.Count != 1 || tensor.Shape[0] != dim)
        {
            throw Fault($"has shape [{string.Join(", ", tensor.Shape)}]; must be [{dim}], the model's latent");
        }

        var vector = tensor.ReadFloat32();
        return ConceptTarget.Fault(vector) is { } fault ? throw Fault(fault) : vector;

        ModelException Fault(string description) => new($"{checkpoint.Path}: tensor \"{concept.Tensor}\" of concept \"{concept.Id}\" {description}");
    }
}
