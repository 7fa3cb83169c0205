using Cdam.Attribution.Models;
using Cdam.Cli.Models;

namespace Cdam.System.Tests.Models;

public sealed class ModelLocationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelLocations _locations;

    public ModelLocationsTests()
    {
        _locations = new ModelLocations(Path.Combine(_folder.Path, "mine"), Path.Combine(_folder.Path, "shipped"));
        Write("mine", "a");
        Write("mine", "both");
        Write("shipped", "both");
        Write("shipped", "c");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", "mine")]
    [InlineData("both", "mine")]
    [InlineData("c", "shipped")]
    public void Find_OfAnId_LooksInBothPlaces(string id, string place) => Assert.Equal(Path.Combine(_folder.Path, place, $"folder-of-{id}"), _locations.Find(id));

    [Fact]
    public void Find_OfAFolder_IsThatFolder() => Assert.Equal(_folder.Path, _locations.Find(_folder.Path));

    [Fact]
    public void Find_OfAnUnknownId_SaysWhereItLooked()
    {
        var message = Assert.Throws<ModelException>(() => _locations.Find("d")).Message;
        Assert.Contains(_locations.Folder, message, StringComparison.Ordinal);
        Assert.Contains(_locations.Shipped, message, StringComparison.Ordinal);
        Assert.DoesNotContain("pull", message, StringComparison.Ordinal);
        Assert.Contains("cdam models pull dino-vits8", Assert.Throws<ModelException>(() => _locations.Find("dino-vits8")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_WithoutTheFolders_IsNothing() =>
        Assert.Empty(new ModelLocations(Path.Combine(_folder.Path, "x"), Path.Combine(_folder.Path, "y")).All());

    [Fact]
    public void List_TellsWhatIsWhere()
    {
        Write("mine", "dino-vits16");
        File.WriteAllText(Path.Combine(_folder.Path, "mine", "folder-of-a", ModelManifest.FileName), "{");
        var all = ListedModel.All(_locations).ToLookup(model => model.Id, model => model.State);
        Assert.Equal(11 + 3, all.Count);
        Assert.Equal(["pulled"], all["dino-vits16"]);
        Assert.Equal(["not pulled"], all["dino-vits8"]);
        Assert.Equal(["broken"], all["folder-of-a"]);
        Assert.Equal(["added", "shipped"], all["both"]);
        Assert.Equal(["shipped"], all["c"]);
    }

    private void Write(string place, string id) =>
        RandomModel.Write(Path.Combine(_folder.Path, place, $"folder-of-{id}"), id, SmallBackbone.Reference, classes: 2, seed: 0);
}
