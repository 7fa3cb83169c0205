using System.Globalization;
using Cdam.Attribution.Models;
using Cdam.Training.Fitting;
using Cdam.Training.Networks;

namespace Cdam.Training.LungModels;

/// <summary>A trained lung CT model as a folder that the explainer serves: 16-bit weights and a manifest.</summary>
internal static class LungModelFolder
{
    private const string WeightsFile = "model.safetensors";

    /// <param name="folder">Made if it is missing.</param>
    /// <param name="options">What was trained.</param>
    /// <param name="backbone">What it was trained from; the licence of its weights holds for what became of them.</param>
    /// <param name="fold">The fold whose weights are written.</param>
    /// <param name="report">What is known of it.</param>
    public static void Write(string folder, LungTrainingOptions options, PretrainedBackbone backbone, LungFold fold, LungFoldReport report)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, WeightsFile);
        HalfWeights.Write(path, fold.Best);
        new ModelManifest
        {
            Id = options.Id,
            DisplayName = options.Kind == ModelKind.Malignancy ? "Malignancy of lung nodules" : "Biomarkers of lung nodules",
            Kind = options.Kind,
            Backbone = backbone.Manifest.Backbone,
            Head = options.HiddenWidth == 0 ? HeadKind.Linear : HeadKind.Mlp,
            Files = [new ManifestFile
            {
                Path = WeightsFile,
                Sha256 = ManifestFile.Hash(path),
                Prefixes = new Dictionary<string, ModelPart>
                {
                    [LungNetwork.BackbonePrefix] = ModelPart.Backbone,
                    [LungNetwork.HeadPrefix] = ModelPart.Head,
                },
            }],
            Preprocessing = fold.Volume.ForPictures(),
            Outputs = fold.Task.Outputs,
            Volume = fold.Volume,
            OutputScale = fold.Task.Scales,
            Licence = backbone.Manifest.Licence,
            Source = Source(options, backbone, report),
        }.Write(folder);
    }

    private static string Source(LungTrainingOptions options, PretrainedBackbone backbone, LungFoldReport report)
    {
        var figures = report.Figures.Where(figure => figure.Output is "all" or "malignancy")
            .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Measure} {figure.Value:0.000}"));
        return $"trained by CdamGrpc from {backbone.Manifest.Id}, recipe {options.Recipe.ToString().ToLowerInvariant()}, fold {report.Fold}, "
            + $"on {report.Train} nodules; {string.Join(", ", figures)} on {report.Test} held-out nodules";
    }
}
