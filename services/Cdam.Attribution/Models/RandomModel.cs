using System.Runtime.InteropServices;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using Cdam.Randomness;

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
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        var config = backbone.Resolve();
        (string, long[])[] head = classes > 0 ? [("head.weight", [classes, config.Dim]), ("head.bias", [classes])] : [];
        var manifest = WriteWeights(folder, id, backbone, head, seed) with
        {
            Kind = classes > 0 ? ModelKind.Class : ModelKind.Concept,
            Head = classes > 0 ? HeadKind.Linear : HeadKind.None,
            Preprocessing = preprocessing ?? new PreprocessingOptions { Side = config.Image * 8 / 7, Crop = config.Image },
        };
        manifest.Write(folder);
        return manifest;
    }

    /// <summary>Writes a lung CT model with an MLP head of 32 hidden units, which takes volumes and pictures.</summary>
    /// <param name="folder">Made if it is missing; files in it are replaced.</param>
    /// <param name="id">The model's id.</param>
    /// <param name="backbone">The architecture.</param>
    /// <param name="kind">Malignancy or biomarker.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="side">Of a prepared slice, pixels; null means the backbone's own.</param>
    public static ModelManifest WriteLung(string folder, string id, BackboneReference backbone, ModelKind kind, ulong seed, int? side = null)
    {
        if (kind is not (ModelKind.Malignancy or ModelKind.Biomarker))
        {
            throw new ArgumentException($"kind is {kind}; must be Malignancy or Biomarker", nameof(kind));
        }

        const int Hidden = 32;
        var config = backbone.Resolve();
        var outputs = kind == ModelKind.Biomarker ? Biomarkers.Names.Count : 1;
        (string, long[])[] head =
            [("head.0.weight", [Hidden, config.Dim]), ("head.0.bias", [Hidden]), ("head.2.weight", [outputs, Hidden]), ("head.2.bias", [outputs])];
        var volume = new VolumeOptions { Mean = -600, Std = 400, Side = side ?? config.Image };
        var manifest = WriteWeights(folder, id, backbone, head, seed) with
        {
            Kind = kind,
            Head = HeadKind.Mlp,
            Preprocessing = volume.ForPictures(),
            Volume = volume,
            OutputScale = kind == ModelKind.Biomarker ? [.. Biomarkers.Units.Select(Scale)] : null,
        };
        manifest.Write(folder);
        return manifest;
    }

    /// <summary>Near what radiologists say of nodules, so that values look like it.</summary>
    private static OutputScale Scale(string unit) =>
        unit == "mm" ? new OutputScale { Mean = 13, Std = 7, Unit = unit } : new OutputScale { Mean = 3, Std = 1, Unit = unit };

    private static ModelManifest WriteWeights(string folder, string id, BackboneReference backbone, (string Name, long[] Shape)[] head, ulong seed)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, WeightsFile);
        var shapes = BackboneState.Describe(backbone.Resolve()).Select(entry => ($"backbone.{entry.Name}", entry.Shape)).Concat(head);
        SafetensorsWriter.Write(path, [.. Draw(shapes, seed)]);
        return new ModelManifest
        {
            Id = id,
            DisplayName = $"{backbone} with random weights (seed {seed})",
            Kind = ModelKind.Class,
            Backbone = backbone,
            Head = HeadKind.Linear,
            Files = [new ManifestFile { Path = WeightsFile, Sha256 = ManifestFile.Hash(path), Prefixes = Prefixes(head.Length) }],
            Licence = "MIT",
            Source = "drawn by CdamGrpc",
            RandomWeights = true,
        };
    }

    private static Dictionary<string, ModelPart> Prefixes(int headTensors)
    {
        var prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone };
        if (headTensors > 0)
        {
            prefixes["head."] = ModelPart.Head;
        }

        return prefixes;
    }

    private static IEnumerable<SafetensorsEntry> Draw(IEnumerable<(string Name, long[] Shape)> shapes, ulong seed)
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
