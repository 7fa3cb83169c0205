using Cdam.Training.Heads.Images;

namespace Cdam.Training.Tests.Heads.Images;

public sealed class ImageFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdam-images-");

    [Fact]
    public void Read_NestedFolders_SortsClassesAndFilesAsPythonDoes()
    {
        Touch("ant/2.png");
        Touch("ant/10.png");
        Touch("Zebra/far/below/1.png");
        Touch("Zebra/1.png");
        Touch("Zebra/.hidden.png");
        Touch(".git/config");
        Touch("readme.txt");
        var folder = ImageFolder.Read(_folder.FullName);
        Assert.Equal(["Zebra", "ant"], folder.Classes);
        Assert.Equal(["Zebra/1.png", "Zebra/far/below/1.png", "ant/10.png", "ant/2.png"], folder.Images.Select(image => image.Name));
        Assert.Equal([0, 0, 1, 1], folder.Images.Select(image => image.ClassIndex));
    }

    [Theory]
    [InlineData("there is no such folder", "../absent")]
    [InlineData("has no folder; must have a folder of images for each class, at least two", ".")]
    [InlineData("has one folder, \"only\"; must have", ".", "only")]
    [InlineData("has a folder \" , \"; it names a class", ".", "only", " , ")]
    public void Read_NoClassesToTellApart_SaysWhatThereIs(string message, string path, params string[] classes)
    {
        Array.ForEach(classes, name => _folder.CreateSubdirectory(name));
        var refusal = Assert.Throws<ArgumentException>(() => ImageFolder.Read(Path.Combine(_folder.FullName, path))).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ALinkThatLeadsInACircle_Ends()
    {
        Touch("a/1.png");
        Touch("b/1.png");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "a", "loop"), "../a");
        Assert.InRange(ImageFolder.Read(_folder.FullName).Images.Count, 2, 40);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Touch(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
