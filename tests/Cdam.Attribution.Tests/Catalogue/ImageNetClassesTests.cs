using Cdam.Attribution.Catalogue;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Tests.Catalogue;

public sealed class ImageNetClassesTests
{
    [Theory]
    [InlineData(0, "tench, Tinca tinca")]
    [InlineData(1, "goldfish, Carassius auratus")]
    [InlineData(134, "crane")]
    [InlineData(207, "golden retriever")]
    [InlineData(281, "tabby, tabby cat")]
    [InlineData(340, "zebra")]
    [InlineData(385, "Indian elephant, Elephas maximus")]
    [InlineData(386, "African elephant, Loxodonta africana")]
    [InlineData(517, "crane")]
    [InlineData(566, "French horn, horn")]
    [InlineData(889, "violin, fiddle")]
    [InlineData(999, "toilet tissue, toilet paper, bathroom tissue")]
    public void Names_AreInTorchsOrder(int index, string names) => Assert.Equal(names, ImageNetClasses.Names[index]);

    [Fact]
    public void Names_AreAThousandThatRequestsCanName()
    {
        Assert.Equal(1000, ImageNetClasses.Names.Count);
        var outputs = new OutputNames(ImageNetClasses.Names);
        Assert.Equal(889, outputs.Find("fiddle"));
        Assert.All(Enumerable.Range(0, 1000), index => Assert.All(outputs[index], name => Assert.Matches(@"^\S(.*\S)?$", name)));
    }
}
