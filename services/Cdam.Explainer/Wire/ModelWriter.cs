using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Attribution.Volumes;
using Cdam.Explainer.Models;

namespace Cdam.Explainer.Wire;

/// <summary>Writes facts about models.</summary>
internal static class ModelWriter
{
    public static V1.Model Write(ServedModel model)
    {
        var (engine, manifest, backbone) = (model.Engine, model.Engine.Manifest, model.Engine.Backbone);
        var side = Side(manifest.Preprocessing, backbone.Patch);
        var rows = side / backbone.Patch;
        return new V1.Model
        {
            Name = model.Name,
            DisplayName = manifest.DisplayName ?? manifest.Id,
            Kind = Write(manifest.Kind),
            Backbone = manifest.Backbone.ToString(),
            PatchSize = backbone.Patch,
            InputWidth = side,
            InputHeight = side,
            GridRows = rows,
            GridColumns = rows,
            PrefixTokenCount = backbone.PrefixTokens,
            TokenCount = rows == 0 ? 0 : backbone.PrefixTokens + rows * rows,
            EmbeddingDim = backbone.Dim,
            Depth = backbone.Depth,
            HeadCount = backbone.Heads,
            Outputs = { Enumerable.Range(0, engine.Outputs.Count).Select(index => Write(engine, index)) },
            CheckpointSha256 = { manifest.Files.Select(file => file.Sha256.ToLowerInvariant()) },
            DataType = engine.ComputeType.ToString().ToLowerInvariant(),
            Device = engine.Device,
            Licence = manifest.Licence ?? "",
            Source = manifest.Source ?? "",
            RandomWeights = manifest.RandomWeights,
            VolumeInput = manifest.Volume is { } volume ? Write(volume) : null,
            Concepts = { engine.Concepts.All.Select(Write) },
        };
    }

    private static V1.ModelOutput Write(ExplainableModel engine, int index) =>
        new() { Index = index, Names = { engine.Outputs[index] }, Unit = engine.Manifest.OutputScale?[index].Unit ?? "" };

    private static V1.VolumeInput Write(VolumeOptions volume) => new()
    {
        HuMin = volume.HuMin,
        HuMax = volume.HuMax,
        Mean = volume.Mean,
        Std = volume.Std,
        Side = volume.Side,
        Slice = volume.Slice,
    };

    private static V1.ReadyConcept Write(ReadyConcept concept) => new()
    {
        Id = concept.Description.Id,
        DisplayName = concept.Target.Name,
        Similarity = Write(concept.Target.Similarity),
        ImageCount = concept.Description.Images,
        Source = concept.Description.Source ?? "",
    };

    /// <summary>Side of the prepared picture; 0 where it follows the image.</summary>
    private static int Side(PreprocessingOptions preprocessing, int patch)
    {
        var side = preprocessing.Crop ?? (preprocessing.Resize == ResizeMode.Exact ? preprocessing.Side : 0);
        return side / patch * patch;
    }

    public static V1.Similarity Write(Similarity similarity) => similarity switch
    {
        Similarity.Cosine => V1.Similarity.Cosine,
        Similarity.NegativeL2 => V1.Similarity.NegativeL2,
        _ => V1.Similarity.DotProduct,
    };

    private static V1.ModelKind Write(ModelKind kind) => kind switch
    {
        ModelKind.Class => V1.ModelKind.Class,
        ModelKind.Concept => V1.ModelKind.Concept,
        ModelKind.Malignancy => V1.ModelKind.Malignancy,
        _ => V1.ModelKind.Biomarker,
    };
}
