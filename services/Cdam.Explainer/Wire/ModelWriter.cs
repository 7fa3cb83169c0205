using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
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
            Outputs = { Enumerable.Range(0, engine.Outputs.Count).Select(index => new V1.ModelOutput { Index = index, Names = { engine.Outputs[index] } }) },
            CheckpointSha256 = { manifest.Files.Select(file => file.Sha256.ToLowerInvariant()) },
            DataType = engine.ComputeType.ToString().ToLowerInvariant(),
            Device = engine.Device,
            Licence = manifest.Licence ?? "",
            Source = manifest.Source ?? "",
            RandomWeights = manifest.RandomWeights,
        };
    }

    /// <summary>Side of the prepared picture; 0 where it follows the image.</summary>
    private static int Side(PreprocessingOptions preprocessing, int patch)
    {
        var side = preprocessing.Crop ?? (preprocessing.Resize == ResizeMode.Exact ? preprocessing.Side : 0);
        return side / patch * patch;
    }

    private static V1.ModelKind Write(ModelKind kind) => kind switch
    {
        ModelKind.Class => V1.ModelKind.Class,
        ModelKind.Concept => V1.ModelKind.Concept,
        ModelKind.Malignancy => V1.ModelKind.Malignancy,
        _ => V1.ModelKind.Biomarker,
    };
}
