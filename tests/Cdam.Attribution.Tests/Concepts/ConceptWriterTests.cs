using Cdam.Attribution.Backbones;
using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.Checkpoints;
using Cdam.Attribution.Tests.Models;

namespace Cdam.Attribution.Tests.Concepts;

public sealed class ConceptWriterTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public ConceptWriterTests() =>
        RandomModel.Write(Folder, "m", new BackboneReference(null, RandomBackbone.Config(BackboneNaming.Dino)), classes: 3, seed: 3);

    private string Folder => _scratch.FullName;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Add_Concepts_CollectsThemInOneFileThatLoads()
    {
        ConceptWriter.Add(Folder, Concept("striped", 1) with { Name = "Stripes", Similarity = Similarity.NegativeL2 }, 30, "scenes", replace: false);
        ConceptWriter.Add(Folder, Concept("dotted", 2), 5, null, replace: false);
        ConceptWriter.Add(Folder, Concept("checked", 3), 1, null, replace: false);
        using var model = Load();
        Assert.Equal(["striped", "dotted", "checked"], model.Concepts.All.Select(concept => concept.Description.Id));
        Assert.Equal([1f, 2, 3], model.Concepts.All.Select(concept => concept.Target.Vector[0]));
        var striped = model.Concepts.All[0];
        Assert.Equal(("Stripes", Similarity.NegativeL2, 30, "scenes"), (striped.Target.Name, striped.Target.Similarity, striped.Description.Images, striped.Description.Source));
        Assert.Equal(["model.json", "model.safetensors", striped.Description.File], Files());
    }

    [Fact]
    public void Add_ATakenId_IsRefusedUnlessItIsToBeReplaced()
    {
        ConceptWriter.Add(Folder, Concept("striped", 1), 30, null, replace: false);
        ConceptWriter.Add(Folder, Concept("dotted", 2), 30, null, replace: false);
        var before = Files();
        Assert.Contains("\"striped\" already", Assert.Throws<ModelException>(() => ConceptWriter.Add(Folder, Concept("striped", 4), 2, null, replace: false)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        ConceptWriter.Add(Folder, Concept("striped", 4), 2, null, replace: true);
        using var model = Load();
        Assert.Equal([("dotted", 2f, 30), ("striped", 4f, 2)], model.Concepts.All.Select(concept => (concept.Description.Id, concept.Target.Vector[0], concept.Description.Images)));
        Assert.Equal(3, Files().Count);
    }

    [Fact]
    public void Add_WhatBreaksARule_LeavesTheFolderAsItWas()
    {
        var before = File.ReadAllBytes(Path.Combine(Folder, "model.json"));
        Assert.Equal("id", Refusal(Concept("Striped", 1), 1));
        Assert.Equal("images", Refusal(Concept("striped", 1), 0));
        Assert.Equal("vector", Refusal(new ConceptTarget("c", new float[47], Similarity.DotProduct) { Id = "c" }, 1));
        Assert.Equal("vector", Refusal(new ConceptTarget("c", new float[48], Similarity.DotProduct) { Id = "c" }, 1));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Folder, "model.json")));
        Assert.Equal(["model.json", "model.safetensors"], Files());

        string Refusal(ConceptTarget concept, int images) =>
            Assert.Throws<AttributionException>(() => ConceptWriter.Add(Folder, concept, images, null, replace: false)).Field;
    }

    [Fact]
    public void Add_BesideAFileOfSomebodyElses_LeavesThatFile()
    {
        var first = ConceptWriter.Add(Folder, Concept("striped", 1), 30, null, replace: false);
        File.Move(Path.Combine(Folder, first.Concepts[0].File), Path.Combine(Folder, "mine.safetensors"));
        (first with { Concepts = [first.Concepts[0] with { File = "mine.safetensors" }] }).Write(Folder);
        ConceptWriter.Add(Folder, Concept("dotted", 2), 30, null, replace: false);
        Assert.Contains("mine.safetensors", Files());
        using var model = Load();
        Assert.Equal(1, model.Concepts.Find("striped").Target.Vector[0]);
    }

    [Fact]
    public void Vector_OfImages_IsTheirMeanLatent()
    {
        using var small = new SmallModel(classes: 0);
        var mean = new MeanLatent(small.Model);
        Assert.Throws<InvalidOperationException>(mean.Vector);
        mean.Add([SmallModel.Input(1), SmallModel.Input(2)]);
        mean.Add([]);
        mean.Add([SmallModel.Input(3)]);
        Assert.Equal(3, mean.Images);
        var latents = Enumerable.Range(1, 3).Select(seed => small.Model.Predict([SmallModel.Input((ulong)seed)])[0].Latent).ToList();

        // Two of the latents came from a batch, which sums in another order: a few roundings of 6e-8 at values of about 1.
        Assert.All(mean.Vector().Select((value, index) => (value, latents.Average(latent => latent[index]))), pair => Assert.Equal(pair.Item2, pair.value, 2e-5));
    }

    private static ConceptTarget Concept(string id, float first) => new(id, [first, .. Enumerable.Repeat(0.5f, 47)], Similarity.DotProduct) { Id = id };

    private ExplainableModel Load() => ExplainableModel.Load(Folder, new ModelOptions { Device = "cpu" });

    private List<string> Files() => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).OrderByDescending(name => name.StartsWith("model", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal)];
}
