using Cdam.Attribution.Models;
using Cdam.Scenes;
using Cdam.Training.Fitting;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>A trained scene model as a folder that the explainer serves: 16-bit weights and a manifest.</summary>
internal static class SceneModelFolder
{
    private const string WeightsFile = "model.safetensors";

    /// <summary>Heads that only training needs.</summary>
    private static readonly string[] TrainingOnly = ["pattern.", "patch.", "mask."];

    public static void Write(string folder, SceneTrainingOptions options, IReadOnlyDictionary<string, Tensor> weights)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, WeightsFile);
        HalfWeights.Write(path, weights.Where(IsServed));
        new ModelManifest
        {
            Id = "scenes",
            DisplayName = "Sixteen shapes in generated scenes",
            Kind = ModelKind.Class,
            Backbone = new BackboneReference(null, options.Backbone),
            Head = HeadKind.Linear,
            Files = [new ManifestFile
            {
                Path = WeightsFile,
                Sha256 = ManifestFile.Hash(path),
                Prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone, ["head."] = ModelPart.Head },
            }],
            Preprocessing = SceneInput.Preprocessing(options.Backbone.Image),
            Outputs = SceneGenerator.ClassNames,
            Licence = "MIT",
            Source = "trained by CdamGrpc on its own generated scenes",
        }.Write(folder);
    }

    private static bool IsServed(KeyValuePair<string, Tensor> entry) =>
        !TrainingOnly.Any(prefix => entry.Key.StartsWith(prefix, StringComparison.Ordinal));
}
