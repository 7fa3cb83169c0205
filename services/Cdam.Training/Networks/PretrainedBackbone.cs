using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using static TorchSharp.torch;

namespace Cdam.Training.Networks;

/// <summary>The backbone of a model folder, whatever head the model has, as training starts from it.</summary>
internal sealed class PretrainedBackbone : IDisposable
{
    private PretrainedBackbone(ModelManifest manifest, BackboneConfig config, Dictionary<string, Tensor> state) =>
        (Manifest, Config, State) = (manifest, config, state);

    /// <summary>What the folder says of the model.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>The architecture.</summary>
    public BackboneConfig Config { get; }

    /// <summary>Float32 tensors on the CPU, by the names that <see cref="BackboneState.Describe"/> gives.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Tells these weights from any others.</summary>
    public string Fingerprint => string.Join('+', Manifest.Files.Select(file => file.Sha256));

    /// <summary>Reads a model folder.</summary>
    /// <exception cref="ModelException">The folder breaks a rule.</exception>
    /// <exception cref="Cdam.Attribution.Checkpoints.CheckpointException">A checkpoint cannot be read.</exception>
    public static PretrainedBackbone Load(string folder)
    {
        TorchRuntime.Load();
        var manifest = ModelManifest.Read(folder);
        foreach (var file in manifest.Files)
        {
            FileHash.Require(folder, file.Path, file.Sha256);
        }

        var config = manifest.Backbone.Resolve();
        using var checkpoint = CheckpointState.Open(folder, manifest, config);
        using var scope = NewDisposeScope();
        var state = checkpoint.Tensors.Where(entry => entry.Part == ModelPart.Backbone)
            .ToDictionary(entry => entry.Name, entry => tensor(entry.Tensor.ReadFloat32(), [.. entry.Tensor.Shape]));
        foreach (var weights in state.Values)
        {
            weights.DetachFromDisposeScope();
        }

        return new PretrainedBackbone(manifest, config, state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var weights in State.Values)
        {
            weights.Dispose();
        }
    }
}
