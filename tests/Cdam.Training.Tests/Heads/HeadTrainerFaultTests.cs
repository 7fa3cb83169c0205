using Cdam.Attribution.Models;
using Cdam.Training.Heads;
using Cdam.Training.Heads.Images;

namespace Cdam.Training.Tests.Heads;

public sealed class HeadTrainerFaultTests
{
    private static readonly HeadTrainingOptions Quick = new() { Epochs = 1, Augment = false };

    [Fact]
    public void Run_FilesThatAreNoImages_LeavesThemOutByName()
    {
        using var bench = new HeadBench().WithColours(4);
        File.WriteAllText(Path.Combine(bench.Images, "red", "notes.txt"), "not a picture");
        File.WriteAllBytes(Path.Combine(bench.Images, "blue", "cut.png"), File.ReadAllBytes(Path.Combine(bench.Images, "blue", "000.png"))[..60]);
        var leftOut = new List<LeftOutImage>();
        var report = new HeadTrainer(bench.Folders, Quick, "cpu", leftOut: leftOut.Add).Run(CancellationToken.None);
        Assert.Equal((9, 3, 2), (report.TrainingImages, report.ValidationImages, report.LeftOut));
        Assert.Equal(["cut.png", "notes.txt"], leftOut.Select(image => Path.GetFileName(image.Path)).Order());
        Assert.All(leftOut, image => Assert.NotEmpty(image.Reason));
    }

    [Fact]
    public void Run_ClassesOfTooFewReadableImages_NamesThem()
    {
        using var bench = new HeadBench().WithColours(4).Draw("lone", 1, [0, 99, 99]);
        Directory.CreateDirectory(Path.Combine(bench.Images, "empty"));
        var refusal = Refusal(bench.Folders);
        Assert.Contains("at least 2 images that can be read; \"empty\" has 0, \"lone\" has 1", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ValidationOfOtherClasses_NamesThem()
    {
        using var bench = new HeadBench().WithColours(2).Draw("red", 2, [99, 99, 99], "held-out").Draw("grey", 2, [99, 99, 99], "held-out");
        var refusal = Refusal(bench.Folders with { Validation = bench.At("held-out") });
        Assert.Contains("lacks \"blue\", \"green\" and has, beyond those, \"grey\"", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OptionsOutOfRange_NamesAll()
    {
        using var bench = new HeadBench().WithColours(2);
        var options = new HeadTrainingOptions { Epochs = 0, Patience = -1, BatchSize = 0, LearningRate = double.NaN, ValidationShare = 1 };
        var refusal = Assert.Throws<ArgumentException>(() => new HeadTrainer(bench.Folders, options, "cpu").Run(CancellationToken.None)).Message;
        Assert.All(
            ["epochs is 0", "patience is -1", "batch size is 0", "learning rate is NaN", "validation share is 1"],
            (string fault) => Assert.Contains(fault, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_BackboneFolderAsOutput_LeavesItAlone()
    {
        using var bench = new HeadBench().WithColours(2);
        var before = File.ReadAllText(Path.Combine(bench.Backbone, ModelManifest.FileName));
        Assert.Contains("is the backbone's folder", Refusal(bench.Folders with { Output = bench.Backbone + "/" }), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(bench.Backbone, ModelManifest.FileName)));
    }

    [Fact]
    public void Run_OutputThatHoldsAModelFromElsewhere_IsRefused()
    {
        using var bench = new HeadBench().WithColours(2);
        RandomModel.Write(bench.Output, "other", ModelManifest.Read(bench.Backbone).Backbone, classes: 2, seed: 1);
        Assert.Contains("not trained here", Refusal(bench.Folders), StringComparison.Ordinal);
        Assert.Equal("other", ModelManifest.Read(bench.Output).Id);
    }

    [Fact]
    public void Run_FolderOfATrainingOnOtherImages_IsRefused()
    {
        using var bench = new HeadBench().WithColours(3);
        new HeadTrainer(bench.Folders, Quick, "cpu").Run(CancellationToken.None);
        bench.Draw("red", 4, HeadBench.Colours[2].Colour);
        Assert.Contains("holds a training with other options, images or another backbone", Refusal(bench.Folders), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BackboneThatIsNoModelFolder_IsRefused()
    {
        using var bench = new HeadBench().WithColours(2);
        Assert.Throws<ModelException>(() => Run(bench.Folders with { Backbone = bench.Images }));
    }

    private static HeadReport Run(HeadTrainingFolders folders) => new HeadTrainer(folders, Quick, "cpu").Run(CancellationToken.None);

    private static string Refusal(HeadTrainingFolders folders) => Assert.Throws<ArgumentException>(() => Run(folders)).Message;
}
