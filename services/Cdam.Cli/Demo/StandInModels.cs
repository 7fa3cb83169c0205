using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Training.SceneModels;
using Cdam.Training.Scenes;

namespace Cdam.Cli.Demo;

/// <summary>
/// Models with random weights in place of those that did not come with the program: the services work the same, and what they say means
/// nothing.
/// </summary>
internal static class StandInModels
{
    private const int ImagesOfAConcept = 1;
    private static readonly BackboneReference Backbone = new(null, new SceneTrainingOptions().Backbone);

    /// <summary>Writes one.</summary>
    /// <param name="name">The model's resource name, one of <see cref="DemoModels"/>.</param>
    /// <param name="root">Where its folder goes.</param>
    /// <returns>The folder.</returns>
    public static string Write(string name, string root)
    {
        var id = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var folder = Path.Combine(root, id);
        var side = Backbone.Resolve().Image;
        var preprocessing = new PreprocessingOptions { Side = side, Crop = side };
        switch (name)
        {
            case DemoModels.Scenes:
                RandomModel.Write(folder, id, Backbone, SceneGenerator.ClassNames.Count, seed: 0, preprocessing);
                break;
            case DemoModels.Concepts:
                RandomModel.Write(folder, id, Backbone, classes: 0, seed: 0, preprocessing);
                AddConcepts(folder);
                break;
            default:
                RandomModel.WriteLung(folder, id, Backbone, name == DemoModels.Malignancy ? ModelKind.Malignancy : ModelKind.Biomarker, seed: 0);
                break;
        }

        return folder;
    }

    private static void AddConcepts(string folder)
    {
        foreach (var (index, pattern) in Enum.GetValues<TexturePattern>().Index())
        {
            var vector = new float[Backbone.Resolve().Dim];
            vector[index] = 1;
            var id = pattern.ToString().ToLowerInvariant();
            ConceptWriter.Add(folder, new ConceptTarget(id, vector, Similarity.DotProduct) { Id = id }, ImagesOfAConcept, "drawn by CdamGrpc", replace: true);
        }
    }
}
