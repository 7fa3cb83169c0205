using Cdam.Attribution.Concepts;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Cli.Sanity;

namespace Cdam.System.Tests.Sanity;

public sealed class SanityRunTests
{
    [Fact]
    public void Run_AllMethods_ChecksEachThatThereIs()
    {
        using var bench = new SanityBench();
        var report = bench.Run(arguments => arguments with { Methods = "all", Limit = 1 });
        Assert.Equal(Attribution.Methods.MethodCatalog.All.Select(method => method.Name), report.Methods.Select(method => method.Name));
        Assert.Equal(4 * report.Methods.Count, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(1, row.Ssim.Images));
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameFiguresAndAnotherSeedOthers()
    {
        using var bench = new SanityBench();
        var first = bench.Run();
        Assert.Equal(first.Rows, bench.Run().Rows);
        Assert.NotEqual(first.Rows, bench.Run(arguments => arguments with { Seed = 1 }).Rows);
    }

    [Fact]
    public void Run_ARandomLabelsModelThatIsTheModel_HasTheSameMaps()
    {
        using var bench = new SanityBench();
        var report = bench.Run(arguments => arguments with { RandomLabels = arguments.Model });
        var same = Assert.Single(report.Rows, row => row.Series == SanitySeries.RandomLabels);
        Assert.All(SanityView.All, view => Assert.Equal(new SanityMeasure(1, 0, 2), view.Of(same)));
    }

    [Fact]
    public void Run_ATopTarget_ExplainsTheSameOutputOnAlteredModels()
    {
        using var bench = new SanityBench();
        var top = bench.Run(arguments => arguments with { Limit = 1 });
        var name = Assert.Single(top.Images[0].Targets);
        Assert.Equal(top.Rows, bench.Run(arguments => arguments with { Limit = 1, Target = name }).Rows);
        Assert.NotEqual(top.Rows, bench.Run(arguments => arguments with { Limit = 1, Target = name == "output 0" ? "1" : "0" }).Rows);
    }

    [Fact]
    public void Run_AFolderOfPictures_ReadsThemByName()
    {
        using var bench = new SanityBench();
        var report = bench.Run(arguments => arguments with { Images = bench.Pictures() });
        Assert.Equal(["a.JPG", "b.jpg"], report.Images.Select(image => image.Image));
        Assert.All(report.Rows, row => Assert.Equal(0, row.Ssim.StandardDeviation));    // the same picture twice
    }

    [Fact]
    public void Run_AModelWithoutHead_ChecksAConceptFromTheFinalBlockOn()
    {
        using var bench = new SanityBench(classes: 0);
        var ones = new ConceptTarget("ones", [.. Enumerable.Repeat(1f, 48)], Similarity.Cosine) { Id = "ones" };
        ConceptWriter.Add(bench.Model, ones, images: 1, source: null, replace: false);
        var report = bench.Run(arguments => arguments with { Target = "concept:ones" });
        Assert.Equal(["norm + block 1", "block 0", "embedding"], report.Rows.Select(row => row.Stage));
        Assert.All(report.Images, image => Assert.Equal(["ones"], image.Targets));
        Assert.Equal(report.Rows, bench.Run().Rows);
        var refusal = Assert.Throws<ArgumentException>(() => bench.Run(arguments => arguments with { Target = "top:1" }));
        Assert.Contains("must be concept:ID", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ALungModel_TakesPicturesOfSlicesAndRefusesScenes()
    {
        using var bench = new SanityBench();
        var lung = bench.PathOf("lung");
        RandomModel.WriteLung(lung, "lung", SmallBackbone.Reference, ModelKind.Biomarker, seed: 1);
        var report = bench.Run(arguments => arguments with { Model = lung, Images = bench.Pictures() });
        Assert.All(report.Images, image => Assert.Equal(Biomarkers.Names, image.Targets));
        var refusal = Assert.Throws<ArgumentException>(() => bench.Run(arguments => arguments with { Model = lung }));
        Assert.Contains("looks at lung CT", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("number of outputs")]
    [InlineData("backbone")]
    public void Run_RandomLabelsOfAnotherArchitecture_AreRefused(string difference)
    {
        using var bench = new SanityBench();
        var other = bench.PathOf("other");
        var deeper = new Attribution.Models.BackboneReference(null, SmallBackbone.Reference.Resolve() with { Depth = 3 });
        RandomModel.Write(other, "other", difference == "backbone" ? deeper : SmallBackbone.Reference, difference switch { "head" => 0, "backbone" => 7, _ => 8 }, seed: 2);
        var refusal = Assert.Throws<ArgumentException>(() => bench.Run(arguments => arguments with { RandomLabels = other }));
        Assert.Contains($"its {difference} is not that of small", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnusableImages_AreRefusedByName()
    {
        using var bench = new SanityBench();
        Assert.Contains("must be a folder, or scenes", Refusal(bench.PathOf("absent")), StringComparison.Ordinal);
        var folder = Directory.CreateDirectory(bench.PathOf("folder")).FullName;
        Assert.Contains("it holds no .jpg", Refusal(folder), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "broken.png"), "not a picture");
        Assert.Contains("broken.png: ", Refusal(folder), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "dataset.json"), "{}");
        Assert.Contains("takes no volumes", Refusal(folder), StringComparison.Ordinal);

        string Refusal(string images) => Assert.Throws<ArgumentException>(() => bench.Run(arguments => arguments with { Images = images })).Message;
    }

    [Theory]
    [InlineData("magic", null, "magic")]
    [InlineData(" , ", null, "names separated by commas")]
    [InlineData("cdam", "no such class", "no such class")]
    [InlineData("cdam", "99", "must be 0 to 6")]
    [InlineData("cdam", "top:8", "must be 1 to 7")]
    [InlineData("cdam", "concept:absent", "no concepts")]
    public void Run_AnUnknownMethodOrTarget_IsRefused(string methods, string? target, string part)
    {
        using var bench = new SanityBench();
        var refusal = Assert.ThrowsAny<Exception>(() => bench.Run(arguments => arguments with { Methods = methods, Target = target }));
        Assert.True(refusal is ArgumentException or AttributionException, refusal.ToString());
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }
}
