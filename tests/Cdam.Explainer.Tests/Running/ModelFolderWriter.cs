using Cdam.Attribution.Models;
using Cdam.Attribution.Verification;

namespace Cdam.Explainer.Tests.Running;

/// <summary>Writes model folders from the reference cases of tests/reference.</summary>
internal static class ModelFolderWriter
{
    public static readonly string[] OutputNames = ["tench, Tinca tinca", "goldfish", "shark", "ray", "cock", "hen", "ostrich"];
    private static readonly string Reference = Repository.PathOf("tests", "reference");

    public static string ReferencePath(string name, string file) => Path.Combine(Reference, name, file);

    /// <summary>The three models that most tests use: dino (7 named outputs), dino-concept (its backbone), wide (5 outputs).</summary>
    public static void WriteAll(string root)
    {
        Write(root, "dino", "dino-linear", manifest => manifest with { Outputs = OutputNames, Licence = "Apache-2.0", RandomWeights = true });
        Write(root, "dino-concept", "dino-linear", manifest => manifest with
        {
            Kind = ModelKind.Concept,
            Head = HeadKind.None,
            Files = [manifest.Files[0] with { Prefixes = new Dictionary<string, ModelPart> { ["backbone."] = ModelPart.Backbone } }],
        });
        Write(root, "wide", "dino-wide-input", manifest => manifest);
    }

    public static void Write(string root, string id, string reference, Func<ModelManifest, ModelManifest> change)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, id)).FullName;
        File.Copy(ReferencePath(reference, "model.safetensors"), Path.Combine(folder, "model.safetensors"));
        var manifest = ReferenceCase.Read(ReferencePath(reference, "")).Formats()[0].Manifest;
        change(manifest with { Id = id }).Write(folder);
    }
}
