using Cdam.Attribution.Backbones;
using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Explainer.Tests.Running;

/// <summary>biomarkers and malignancy, which take volumes; scenes (classes) and concepts (no head), which came with concepts.</summary>
internal static class LungModels
{
    public const string Biomarkers = "models/biomarkers";
    public const string Malignancy = "models/malignancy";
    public const string Scenes = "models/scenes";
    public const string Concepts = "models/concepts";

    private static readonly BackboneReference Backbone = new(null, new BackboneConfig
    {
        Naming = BackboneNaming.Dino, Image = 32, Patch = 8, Dim = 48, Depth = 2, Heads = 3, Mlp = 96,
    });

    /// <summary>The vector of "striped", compared by the cosine.</summary>
    public static float[] Striped { get; } = [.. Enumerable.Range(1, 48).Select(i => (float)Math.Sin(i))];

    /// <summary>The vector of "dotted", compared by the dot product.</summary>
    public static float[] Dotted { get; } = [.. Enumerable.Range(1, 48).Select(i => (float)Math.Cos(i))];

    public static void Write(string root)
    {
        RandomModel.WriteLung(Path.Combine(root, "biomarkers"), "biomarkers", Backbone, ModelKind.Biomarker, seed: 1, side: 40);
        RandomModel.WriteLung(Path.Combine(root, "malignancy"), "malignancy", Backbone, ModelKind.Malignancy, seed: 2);
        var scenes = Path.Combine(root, "scenes");
        AddConcepts(scenes, RandomModel.Write(scenes, "scenes", Backbone, classes: 3, seed: 3));
        AddConcepts(Path.Combine(root, "concepts"), WriteBackboneOf(scenes, Path.Combine(root, "concepts")));
    }

    /// <summary>As models are shipped: the weights are the class model's, through a link.</summary>
    private static ModelManifest WriteBackboneOf(string scenes, string folder)
    {
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "model.safetensors"), Path.Combine("..", "scenes", "model.safetensors"));
        var manifest = ModelManifest.Read(scenes);
        var backboneOnly = manifest.Files[0] with { Prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone } };
        manifest = manifest with { Id = "concepts", Kind = ModelKind.Concept, Head = HeadKind.None, Files = [backboneOnly], Concepts = [] };
        manifest.Write(folder);
        return manifest;
    }

    private static void AddConcepts(string folder, ModelManifest manifest)
    {
        Assert.Empty(manifest.Concepts);
        ConceptWriter.Add(folder, new ConceptTarget("Stripes", Striped, Similarity.Cosine) { Id = "striped" }, 30, "scenes", replace: false);
        ConceptWriter.Add(folder, new ConceptTarget("dotted", Dotted, Similarity.DotProduct) { Id = "dotted" }, 12, null, replace: false);
    }
}
