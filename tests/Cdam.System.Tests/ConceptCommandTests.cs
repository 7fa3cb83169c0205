using System.Text.Json;
using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.System.Tests;

public sealed class ConceptCommandTests : IDisposable
{
    private static readonly string Sample = Repository.PathOf("services", "Cdam.Cli", "Samples", "still-life.jpg");
    private readonly TemporaryFolder _folder = new();

    public ConceptCommandTests() => RandomModel.Write(Model, "small", SmallBackbone.Reference, classes: 0, seed: 1);

    private string Model => Path.Combine(_folder.Path, "small");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_Pictures_MakesAConceptThatExplainTakes()
    {
        var added = await CommandLine.Cdam(
            "concept", "add", "still", Sample, Sample, Sample, "--model", Model, "--display-name", "Still life", "--source", "the sample", "--similarity", "cosine");
        Assert.True(added.ExitCode == 0, added.ToString());
        var concept = Assert.Single(ModelManifest.Read(Model).Concepts);
        Assert.Equal(("still", "Still life", 3, "the sample"), (concept.Id, concept.DisplayName, concept.Images, concept.Source));

        var output = Path.Combine(_folder.Path, "out");
        var explained = await CommandLine.Cdam("explain", Sample, "--model", Model, "--target", "concept:still", "--out", output);
        Assert.True(explained.ExitCode == 0, explained.ToString());
        using var summary = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "still-life", "explanation.json")));
        var map = summary.RootElement.GetProperty("maps")[0];
        Assert.Equal("cdam.still", map.GetProperty("file").GetString());

        // The mean latent of one picture, three times, is its latent: the cosine is 1 but for float32's rounding over 48 values.
        Assert.Equal(1, map.GetProperty("target").GetProperty("value").GetSingle(), 1e-5);
    }

    [Fact]
    public async Task Add_UnreadablePictures_NamesThemAndAddsNothing()
    {
        var broken = Path.Combine(_folder.Path, "broken.png");
        File.WriteAllText(broken, "not a picture");
        var before = File.ReadAllBytes(Path.Combine(Model, ModelManifest.FileName));
        var result = await CommandLine.Cdam("concept", "add", "still", Sample, broken, Path.Combine(_folder.Path, "absent.png"), "--model", Model);
        Assert.Equal(1, result.ExitCode);
        Assert.All((string[])["broken.png", "absent.png", "2 of 3 pictures"], part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Model, ModelManifest.FileName)));
        Assert.Equal(2, Directory.GetFiles(Model).Length);
    }

    [Theory]
    [InlineData("Still Life", "id: is \"Still Life\"")]
    [InlineData("taken", "\"taken\" already")]
    public async Task Add_AnIdThatCannotBe_IsRefused(string id, string part)
    {
        var taken = new ConceptTarget("taken", [.. Enumerable.Repeat(1f, 48)], Similarity.DotProduct) { Id = "taken" };
        ConceptWriter.Add(Model, taken, images: 1, source: null, replace: false);
        var result = await CommandLine.Cdam("concept", "add", id, Sample, "--model", Model);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.Single(ModelManifest.Read(Model).Concepts);
    }

    [Fact]
    public async Task Add_WithoutPictures_IsRefused() =>
        Assert.NotEqual(0, (await CommandLine.Cdam("concept", "add", "still", "--model", Model)).ExitCode);
}
