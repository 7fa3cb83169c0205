using System.Runtime.InteropServices;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Methods.Noise;
using Cdam.Attribution.Preprocessing;

namespace Cdam.Attribution.Models;

/// <summary>
/// Model folders with random weights: real in size and cost, meaningless in what they say. For measuring, for trying a server out,
/// and for tests. The same seed gives the same file on every machine.
/// </summary>
public static class RandomModel
{
    private const string WeightsFile = "model.safetensors";

    /// <summary>Writes a folder that <see cref="ExplainableModel.Load(string, ModelOptions)"/> reads.</summary>
    /// <param name="folder">Made if it is missing; files in it are replaced.</param>
    /// <param name="id">The model's id.</param>
    /// <param name="backbone">The architecture.</param>
    /// <param name="classes">Number of outputs, at least 1; 0 for a concept model without head.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="preprocessing">Null means ImageNet's usual, at the backbone's own size.</param>
    public static ModelManifest Write(
        string folder, string id, BackboneReference backbone, int classes, ulong seed, PreprocessingOptions? preprocessing = null)
    {
        var config = backbone.Resolve();
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        Directory.CreateDirectory(folder);
        var shapes = BackboneState.Describe(config).Select(entry => ($"backbone.{entry.Name}", entry.Shape)).ToList();
        if (classes > 0)
        {
            shapes.AddRange([("head.weight", [classes, config.Dim]), ("head.bias", [classes])]);
        }

        var path = Path.Combine(folder, WeightsFile);
        SafetensorsWriter.Write(path, [.. Draw(shapes, seed)]);
        var manifest = new ModelManifest
        {
            Id = id,
            DisplayName = $"{backbone} with random weights (seed {seed})",
            Kind = classes > 0 ? ModelKind.Class : ModelKind.Concept,
            Backbone = backbone,
            Head = classes > 0 ? HeadKind.Linear : HeadKind.None,
            Files = [new ManifestFile { Path = WeightsFile, Sha256 = ManifestFile.Hash(path), Prefixes = Prefixes(classes) }],
            Preprocessing = preprocessing ?? new PreprocessingOptions { Side = config.Image * 8 / 7, Crop = config.Image },
            Licence = "MIT",
            Source = "drawn by CdamGrpc",
            RandomWeights = true,
        };
        manifest.Write(folder);
        return manifest;
    }

    private static Dictionary<string, ModelPart> Prefixes(int classes)
    {
        var prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone };
        if (classes > 0)
        {
            prefixes["head."] = ModelPart.Head;
        }

        return prefixes;
    }

    private static IEnumerable<SafetensorsEntry> Draw(List<(string Name, long[] Shape)> shapes, ulong seed)
    {
        long position = 0;
        foreach (var (name, shape) in shapes)
        {
            var count = shape.Aggregate(1L, (product, extent) => product * extent);
            var values = new float[count];
            GaussianNoise.Fill(values, seed, position);
            position += count;
            var (scale, offset) = Spread(name, shape);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = offset + scale * values[i];
            }

            yield return new SafetensorsEntry(name, TensorType.Float32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }
    }

    /// <summary>Products keep the scale of what they multiply; LayerNorms stay near the identity; nothing is exactly 0, so that every term counts.</summary>
    private static (float Scale, float Offset) Spread(string name, long[] shape)
    {
        if (shape.Length == 1)
        {
            var isScale = name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal);
            return isScale ? (0.1f, 1) : (0.1f, 0);
        }

        var isWeight = name.EndsWith("weight", StringComparison.Ordinal);
        return isWeight ? ((float)(1 / Math.Sqrt(shape.Skip(1).Aggregate(1.0, (product, extent) => product * extent))), 0) : (0.5f, 0);
    }
}
