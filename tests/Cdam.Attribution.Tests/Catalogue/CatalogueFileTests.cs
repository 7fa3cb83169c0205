using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;
using Cdam.Attribution.Tests.Checkpoints;

namespace Cdam.Attribution.Tests.Catalogue;

public sealed class CatalogueFileTests : IDisposable
{
    // What sha256sum and git hash-object say; the text is Pro Git's example of a blob's name (10.2).
    private const string Text = "what is up, doc?";
    private const string Sha256 = "af4e812d13b4eae6da91024f15f7679dae49d40aee3fb4c7216b56d04193f46c";
    private const string GitBlob = "bd9dbf5aae1a3862dd1526723246b20206e5fc37";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Difference_OfTheFileItself_IsNone()
    {
        var path = Write();
        Assert.Equal(Sha256, ManifestFile.Hash(path));
        Assert.Null(File().Difference(path, Sha256));
        Assert.Null((File() with { Size = 16, Sha256 = "AF4E812D", GitBlob = GitBlob }).Difference(path, Sha256));
        Assert.Null((File() with { Sha256 = Sha256 }).Difference(path, Sha256));
    }

    [Fact]
    public void Difference_OfAnother_NamesWhatWasFoundAndWhatIsPublished()
    {
        var path = Write();
        Assert.Equal("has 16 bytes; a.pth has 17", (File() with { Size = 17 }).Difference(path, Sha256));
        Assert.Equal($"its SHA-256 is {Sha256}; that of a.pth starts with 00000000", (File() with { Sha256 = "00000000" }).Difference(path, Sha256));
        Assert.Equal(
            $"git would name it {GitBlob}; it names a.pth 8bf3a825b127f90233a590e54e4d0d333093080e",
            (File() with { GitBlob = "8bf3a825b127f90233a590e54e4d0d333093080e" }).Difference(path, Sha256));
    }

    [Fact]
    public void Difference_OfALink_IsThatOfItsTarget()
    {
        var path = Write();
        var link = path + ".link";
        global::System.IO.File.CreateSymbolicLink(link, path);
        Assert.Null((File() with { Size = 16, GitBlob = GitBlob }).Difference(link, Sha256));
    }

    private string Write() => _folder.Write(global::System.Text.Encoding.ASCII.GetBytes(Text));

    private static CatalogueFile File() => new()
    {
        Address = new Uri("https://example.org/x/a.pth"),
        Prefixes = new Dictionary<string, ModelPart> { [""] = ModelPart.Backbone },
    };
}
