using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

/// <summary>A model folder to be broken: its tensors are a table that tests change before the file is written.</summary>
internal sealed class ModelFolder : IDisposable
{
    public const string Weights = "weights.safetensors";

    private readonly ScratchFolder _scratch = new();
    private readonly BackboneConfig _config;

    public ModelFolder(BackboneConfig config)
    {
        _config = config;
        Shapes = BackboneState.Describe(config).ToDictionary(entry => $"backbone.{entry.Name}", entry => entry.Shape);
        (Shapes["head.weight"], Shapes["head.bias"]) = ([5, config.Dim], [5]);
    }

    public Dictionary<string, long[]> Shapes { get; }

    public Dictionary<string, ModelPart> Prefixes { get; } = new() { ["backbone."] = ModelPart.Backbone, ["head."] = ModelPart.Head };

    public string FullName => _scratch.FullName;

    /// <summary>Writes the weights, all 0, and gives the manifest that they have; it is not written.</summary>
    public ModelManifest Write()
    {
        var path = Path.Combine(FullName, Weights);
        SafetensorsWriter.Write(path, [.. Shapes.Select(entry => new SafetensorsEntry(
            entry.Key, TensorType.Float32, entry.Value, new byte[4 * entry.Value.Aggregate(1L, (product, extent) => product * extent)]))]);
        return new ModelManifest
        {
            Id = "broken",
            Kind = ModelKind.Class,
            Backbone = new BackboneReference(null, _config),
            Head = HeadKind.Linear,
            Files = [new ManifestFile { Path = Weights, Sha256 = ManifestFile.Hash(path), Prefixes = Prefixes }],
        };
    }

    public ExplainableModel Load(ModelManifest manifest) => ExplainableModel.Load(FullName, manifest, new ModelOptions { Device = "cpu" });

    /// <summary>Loads what <see cref="Write"/> gives, and returns why it is refused.</summary>
    public string Refusal() => Assert.Throws<ModelException>(() => Load(Write()).Dispose()).Message;

    public void Dispose() => _scratch.Dispose();
}
