using System.Runtime.InteropServices;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Models;

public sealed class ReadyConceptsTests : IDisposable
{
    private const string File = "concepts.safetensors";
    private static readonly float[] Stripes = [.. Enumerable.Range(1, 48).Select(i => (float)Math.Sin(i))];
    private static readonly float[] Dots = [.. Enumerable.Range(1, 48).Select(i => (float)Math.Cos(i))];
    private readonly ScratchFolder _scratch = new();
    private readonly ModelManifest _manifest;

    public ReadyConceptsTests() =>
        _manifest = RandomModel.Write(Folder, "concept", new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Dino)), classes: 0, seed: 3);

    private string Folder => Path.Combine(_scratch.FullName, "concept");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Load_OfTwoConcepts_GivesThemAsTargets()
    {
        Write(("striped", Stripes), ("dotted", Dots));
        using var model = Load([Concept("striped") with { DisplayName = "Stripes", Similarity = Similarity.Cosine, Images = 30, Source = "scenes" }, Concept("dotted")]);
        Assert.Equal(["striped", "dotted"], model.Concepts.All.Select(concept => concept.Description.Id));
        var striped = model.Concepts.Find("STRIPED ");
        Assert.Equal(("Stripes", "striped", Similarity.Cosine, 30), (striped.Target.Name, striped.Target.Id, striped.Target.Similarity, striped.Description.Images));
        Assert.Equal(Stripes, striped.Target.Vector);
        Assert.Equal(("dotted", Similarity.DotProduct), (model.Concepts.All[1].Target.Name, model.Concepts.All[1].Target.Similarity));
    }

    [Fact]
    public void Find_OfAnAbsentId_NamesNearOnes()
    {
        Write(("striped", Stripes), ("dotted", Dots));
        using var model = Load([Concept("striped"), Concept("dotted")]);
        var fault = Assert.Throws<AttributionException>(() => model.Concepts.Find("stripes"));
        Assert.Equal(("concept_id", "is \"stripes\"; no concept has this id; near are \"striped\""), (fault.Field, fault.Description));
        using var bare = Load([]);
        Assert.Contains("came with no concepts", Assert.Throws<AttributionException>(() => bare.Concepts.Find("striped")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsThroughALink_AreTheLinksTarget()
    {
        var weights = Path.Combine(Folder, "model.safetensors");
        Directory.CreateDirectory(Path.Combine(_scratch.FullName, "scenes"));
        System.IO.File.Move(weights, Path.Combine(_scratch.FullName, "scenes", "model.safetensors"));
        System.IO.File.CreateSymbolicLink(weights, Path.Combine("..", "scenes", "model.safetensors"));
        Write(("striped", Stripes));
        using var model = Load([Concept("striped")]);
        Assert.Equal(48, model.Predict([SmallModel.Input(1)])[0].Latent.Length);
    }

    public static TheoryData<string, float[], string> BrokenVectors => new()
    {
        { "dotted", Stripes, "tensor \"striped\" of concept \"striped\" is not there; the file has \"dotted\"" },
        { "striped", Stripes[..47], "has shape [47]; must be [48]" },
        { "striped", [.. Stripes[..47], float.NaN], "value 47 is NaN" },
        { "striped", new float[48], "is all zero" },
    };

    [Theory]
    [MemberData(nameof(BrokenVectors))]
    public void Load_ABrokenVector_NamesFileTensorAndRule(string tensor, float[] vector, string fault)
    {
        Write((tensor, vector));
        var message = Assert.Throws<ModelException>(() => Load([Concept("striped")]).Dispose()).Message;
        Assert.Contains(Path.Combine(Folder, File), message, StringComparison.Ordinal);
        Assert.True(message.Contains(fault, StringComparison.Ordinal), message);
    }

    [Fact]
    public void Load_AnAlteredOrAbsentFile_IsRefused()
    {
        Write(("striped", Stripes));
        var concept = Concept("striped");
        Write(("striped", Dots));
        Assert.Contains("SHA-256", Assert.Throws<ModelException>(() => Load([concept]).Dispose()).Message, StringComparison.Ordinal);
        System.IO.File.Delete(Path.Combine(Folder, File));
        Assert.Contains(File, Assert.Throws<ModelException>(() => Load([concept]).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FaultsOfConcepts_AreAllNamed()
    {
        Write(("striped", Stripes));
        var concept = Concept("striped");
        var broken = _manifest with
        {
            Concepts = [concept, concept with { Images = 0, File = "../x", Sha256 = "12" }, concept with { Id = "Stripes\n" }, null!],
        };
        broken.Write(Folder);
        var message = Assert.Throws<ModelException>(() => ModelManifest.Read(Folder)).Message;
        Assert.All(
            (string[])["concepts[1].id is \"striped\" again", "concepts[1].images is 0", "concepts[1].file is \"../x\"", "concepts[1].sha256 is \"12\"", "concepts[2].id is", "concepts[3] is null"],
            fault => Assert.True(message.Contains(fault, StringComparison.Ordinal), $"'{fault}' is not in: {message}"));
        (_manifest with { Concepts = [.. Enumerable.Range(0, 65).Select(index => concept with { Id = $"c{index}" })] }).Write(Folder);
        Assert.Contains("concepts has 65 entries; at most 64", Assert.Throws<ModelException>(() => ModelManifest.Read(Folder)).Message, StringComparison.Ordinal);
    }

    private void Write(params (string Name, float[] Vector)[] vectors) => SafetensorsWriter.Write(
        Path.Combine(Folder, File),
        [.. vectors.Select(entry => new SafetensorsEntry(entry.Name, TensorType.Float32, [entry.Vector.Length], MemoryMarshal.AsBytes(entry.Vector.AsSpan()).ToArray()))]);

    private ManifestConcept Concept(string id) =>
        new() { Id = id, File = File, Tensor = id, Sha256 = ManifestFile.Hash(Path.Combine(Folder, File)), Images = 1 };

    private ExplainableModel Load(ManifestConcept[] concepts) =>
        ExplainableModel.Load(Folder, _manifest with { Concepts = concepts }, new ModelOptions { Device = "cpu" });
}
