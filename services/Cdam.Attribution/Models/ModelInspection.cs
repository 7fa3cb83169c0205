using Cdam.Attribution.Checkpoints;

namespace Cdam.Attribution.Models;

/// <summary>What a model folder holds, told without loading a weight: everything that loading it would check has been checked.</summary>
/// <param name="Manifest">What the folder's manifest says.</param>
/// <param name="Outputs">Number of logits; 0 without head.</param>
/// <param name="Tensors">Number of tensors that the model uses.</param>
/// <param name="Parameters">Their elements.</param>
public sealed record ModelInspection(ModelManifest Manifest, int Outputs, int Tensors, long Parameters)
{
    /// <summary>Checks the manifest, the files' hashes, the tensors' names and shapes, and the number of output names.</summary>
    /// <exception cref="ModelException">The folder breaks a rule.</exception>
    /// <exception cref="CheckpointException">A checkpoint cannot be read.</exception>
    public static ModelInspection Of(string folder) => Of(folder, ModelManifest.Read(folder));

    /// <summary>The same with a manifest of one's own.</summary>
    /// <param name="folder">Where the manifest's files are.</param>
    /// <param name="manifest">Takes the place of the folder's; it is checked, too.</param>
    public static ModelInspection Of(string folder, ModelManifest manifest)
    {
        manifest.Validate(folder);
        RequireHashes(folder, manifest);
        using var state = CheckpointState.Open(folder, manifest, manifest.Backbone.Resolve());
        NameOutputs(manifest, state.Outputs);
        return new ModelInspection(manifest, state.Outputs, state.Tensors.Count(), state.Tensors.Sum(entry => entry.Tensor.ElementCount));
    }

    /// <summary>Compares each file's hash with the manifest's.</summary>
    /// <exception cref="ModelException">One differs, or a file cannot be read.</exception>
    internal static void RequireHashes(string folder, ModelManifest manifest)
    {
        foreach (var file in manifest.Files)
        {
            RequireHash(Path.Combine(folder, file.Path), file.Sha256);
        }
    }

    /// <summary>The names of a model's outputs; numbers where the manifest has none.</summary>
    /// <exception cref="ModelException">There are more or fewer names than outputs.</exception>
    internal static OutputNames NameOutputs(ModelManifest manifest, int count)
    {
        var names = manifest.Outputs ?? [.. Enumerable.Range(0, count).Select(index => $"output {index}")];
        return names.Count == count
            ? new OutputNames(names)
            : throw new ModelException($"{manifest.Id}: outputs has {names.Count} names; the head has {count} outputs");
    }

    private static void RequireHash(string path, string expected)
    {
        try
        {
            var found = ManifestFile.Hash(path);
            if (!found.Equals(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new ModelException($"{path}: SHA-256 is {found}; the manifest says {expected}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path}: {exception.Message}", exception);
        }
    }
}
