using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Tests.Models;

public sealed class OutputNamesTests
{
    private static readonly OutputNames Names = new(["tench, Tinca tinca", "goldfish", "crane", "crane", "great white shark, man-eater"]);

    [Theory]
    [InlineData("tench", 0)]
    [InlineData("Tinca Tinca", 0)]
    [InlineData(" GOLDFISH ", 1)]
    [InlineData("man-eater", 4)]
    public void Find_AnyNameInAnyCase_GivesItsOutput(string name, int output) => Assert.Equal(output, Names.Find(name));

    [Fact]
    public void Find_NameOfSeveralOutputs_AsksForTheIndex() =>
        Assert.Equal("is \"Crane\"; outputs 2, 3 have this name: use the index", Refusal("Crane"));

    [Fact]
    public void Find_NameTwiceAtOneOutput_IsNotAmbiguous() => Assert.Equal(0, new OutputNames(["a, A"]).Find("a"));

    [Theory]
    [InlineData("goldfsh", "; near are \"goldfish\"")]
    [InlineData("shark", "; near are \"great white shark\"")]
    [InlineData("bench", "; near are \"tench\"")]
    [InlineData("aeroplane", "")]
    public void Find_UnknownName_SuggestsNearOnes(string name, string suggestions) =>
        Assert.Equal($"is \"{name}\"; no output has this name{suggestions}", Refusal(name));

    [Fact]
    public void Find_ManyNearNames_SuggestsTheFiveNearest()
    {
        var names = new OutputNames([.. Enumerable.Range(0, 9).Select(i => $"class{new string('x', i)}")]);
        var message = Assert.Throws<AttributionException>(() => names.Find("clas")).Description;
        Assert.EndsWith("; near are \"class\", \"classx\", \"classxx\", \"classxxx\", \"classxxxx\"", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_OfAnOutput_HasAllNamesTheFirstToShow()
    {
        Assert.Equal(5, Names.Count);
        Assert.Equal(["tench", "Tinca tinca"], Names[0]);
    }

    private static string Refusal(string name)
    {
        var refusal = Assert.Throws<AttributionException>(() => Names.Find(name));
        Assert.Equal("output", refusal.Field);
        return refusal.Description;
    }
}
