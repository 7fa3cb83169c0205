using System.Text;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Catalogue;

public sealed class ModelCatalogueTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static TheoryData<string> Ids => [.. ModelCatalogue.Entries.Select(entry => entry.Id)];

    [Fact]
    public void Entries_AreThePapersModels_EachOnce()
    {
        string[] ids =
        [
            "dino-vits8", "dino-vits16", "dino-vitb8", "dino-vitb16", "cdam-dino-vits8", "deit-vitb16", "torchvision-vitb16", "torchvision-vitb16-swag",
            "torchvision-vitb16-swag-linear", "dinov2-vits14-reg4", "dinov2-vitb14-reg4",
        ];
        Assert.Equal(ids, ModelCatalogue.Entries.Select(entry => entry.Id));
        Assert.Equal(ids.Length, ModelCatalogue.Entries.Select(entry => entry.File.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Entry_MakesAManifestThatIsReadBackAsItWas(string id)
    {
        var entry = ModelCatalogue.Get(id);
        Assert.Equal("https", entry.File.Address.Scheme);
        using var folder = new ScratchFolder();
        var manifest = entry.Manifest(Hash);
        manifest.Write(folder.FullName);
        var read = ModelManifest.Read(folder.FullName);
        Assert.Equal((id, entry.Kind, entry.Head, entry.Licence), (read.Id, read.Kind, read.Head, read.Licence));
        Assert.Equal(entry.Preprocessing, read.Preprocessing);
        Assert.Equal(entry.File.Prefixes, read.Files[0].Prefixes);
        Assert.Equal(entry.Head == HeadKind.None ? null : ImageNetClasses.Names, read.Outputs);
        Assert.Contains(entry.Backbone.Name!, BackboneCatalog.All.Keys);
    }

    /// <summary>The names and shapes are the published ones; what is tested is that the entry's prefixes bring each to its place.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Entry_OfThePublishedTensors_TakesThemAll(string id)
    {
        var entry = ModelCatalogue.Get(id);
        using var folder = new ScratchFolder();
        PublishedKeys.Write(Path.Combine(folder.FullName, entry.File.Name), PublishedKeys.Of(id));
        using var state = CheckpointState.Open(folder.FullName, entry.Manifest(Hash), entry.Backbone.Resolve());
        Assert.Equal(entry.Head == HeadKind.None ? 0 : 1000, state.Outputs);
        var used = state.Tensors.Select(tensor => tensor.Tensor.Name).ToHashSet();
        var unused = PublishedKeys.Of(id).Keys.Except(used).Where(name => name != "mask_token" && !name.StartsWith("optimizer_states.", StringComparison.Ordinal));
        Assert.Empty(unused);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ApproximateBytes_IsWithinOnePercentOfTheTensors(string id)
    {
        var entry = ModelCatalogue.Get(id);
        var bytes = PublishedKeys.Of(id).Where(key => !key.Key.StartsWith("optimizer_states.", StringComparison.Ordinal))
            .Sum(key => 4.0 * key.Value.Aggregate(1L, (product, extent) => product * extent));
        Assert.InRange(entry.ApproximateBytes / bytes, 0.99, 1.01);
    }

    [Theory]
    [InlineData("\"https://example.org/a.pth\"", "\"http://example.org/a.pth\"", "must be https")]
    [InlineData("\"https://example.org/a.pth\"", "\"https://example.org/\"", "end in a file's name")]
    [InlineData("\"prefixes\"", "\"size\": 0, \"prefixes\"", "file.size is 0")]
    [InlineData("\"prefixes\"", "\"sha256\": \"c867\", \"prefixes\"", "file.sha256 is \"c867\"")]
    [InlineData("\"prefixes\"", "\"git_blob\": \"8bf3\", \"prefixes\"", "file.git_blob is \"8bf3\"")]
    [InlineData("{ \"\": \"backbone\" }", "{}", "prefixes is empty")]
    [InlineData("\"dino-vits8\"", "\"dino-vits9\"", "dino-vits9")]
    [InlineData("\"head\": \"none\"", "\"head\": \"linear\"", "concept models, and only they, have none")]
    [InlineData("\"licence\"", "\"outputs\": \"imagenet\", \"licence\"", "must be there exactly with a head")]
    [InlineData("\"licence\"", "\"colour\": \"red\", \"licence\"", "colour")]
    [InlineData("[", "[ // a comment\n", "'/' is invalid")]
    public void Parse_OfABrokenCatalogue_NamesTheFault(string from, string to, string fault)
    {
        const string Sound = """
            [{ "id": "a", "display_name": "A", "kind": "concept", "backbone": "dino-vits8", "head": "none",
               "file": { "address": "https://example.org/a.pth", "prefixes": { "": "backbone" } },
               "preprocessing": {}, "licence": "MIT", "source": "https://example.org" }]
            """;
        Assert.Single(Parse(Sound));
        var message = Assert.Throws<ModelException>(() => Parse(Sound.Replace(from, to, StringComparison.Ordinal))).Message;
        Assert.StartsWith("catalogue: ", message, StringComparison.Ordinal);
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("occurs 2 times", Assert.Throws<ModelException>(() => Parse($"[{Sound.Trim()[1..^1]}, {Sound.Trim()[1..^1]}]")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_OfAnUnknownId_ListsTheKnownOnes() =>
        Assert.Contains("cdam-dino-vits8", Assert.Throws<ModelException>(() => ModelCatalogue.Get("resnet50")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<CatalogueEntry> Parse(string json) => ModelCatalogue.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
