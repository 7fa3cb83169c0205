using System.Text.Json;
using Cdam.Attribution.Checkpoints;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Models;
using Cdam.Attribution.Preprocessing;
using Cdam.Training.Heads;

namespace Cdam.Training.Tests.Heads;

public sealed class HeadTrainerTests
{
    /// <summary>A rate that gets there in a few steps; the published one is meant for thousands.</summary>
    private static readonly HeadTrainingOptions Quick = new() { LearningRate = 0.05, Epochs = 25, BatchSize = 8, Augment = false };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_OnColours_TellsThemApart(bool augment)
    {
        using var bench = new HeadBench().WithColours(12);
        var report = new HeadTrainer(bench.Folders, Quick with { Augment = augment, Epochs = augment ? 8 : 25 }, "cpu").Run(CancellationToken.None);
        Assert.Equal(["blue", "green", "red"], report.Classes);
        Assert.Equal((30, 6, 0), (report.TrainingImages, report.ValidationImages, report.LeftOut));
        Assert.Equal(1, report.ValidationAccuracy);
        Assert.All(report.ValidationAccuracyByClass, accuracy => Assert.Equal(1, accuracy));
    }

    [Fact]
    public void Run_LabelsThatMeanNothing_KeepsTheEpochOfTheLowestValidationLoss()
    {
        // Whatever is learned here is wrong on the validation images: the loss falls for an epoch or two, and then rises.
        using var bench = new HeadBench().Draw("heads", 20, [128, 128, 128]).Draw("tails", 20, [128, 128, 128]);
        var report = new HeadTrainer(bench.Folders, Quick with { Patience = 25 }, "cpu").Run(CancellationToken.None);
        var losses = Metrics(bench.Output).Select(line => line.GetProperty("validation_loss").GetDouble()).ToList();
        Assert.Equal(25, losses.Count);
        Assert.InRange(report.BestEpoch, 1, 24);
        Assert.Equal(losses.IndexOf(losses.Min()) + 1, report.BestEpoch);

        // The kept weights are float32, as those that the metrics were taken of: the same sums in the same order.
        Assert.Equal(losses.Min(), report.ValidationLoss);
        Assert.NotEqual(losses[^1], report.ValidationLoss);
    }

    [Fact]
    public void Run_NoBetterEpochForAsLongAsPatienceAllows_Stops()
    {
        using var bench = new HeadBench().Draw("heads", 20, [128, 128, 128]).Draw("tails", 20, [128, 128, 128]);
        var report = new HeadTrainer(bench.Folders, Quick with { Patience = 3 }, "cpu").Run(CancellationToken.None);
        Assert.Equal(report.BestEpoch + 3, report.Epochs);
    }

    [Fact]
    public void Run_Finished_WritesAFolderThatAnswersAsTheHead()
    {
        using var bench = new HeadBench().WithColours(8);
        new HeadTrainer(bench.Folders, Quick, "cpu").Run(CancellationToken.None);
        using var served = ExplainableModel.Load(bench.Output, new ModelOptions { Device = "cpu" });
        using var backbone = ExplainableModel.Load(bench.Backbone, new ModelOptions { Device = "cpu" });
        using var head = Checkpoint.Open(Path.Combine(bench.Output, "head.safetensors"));
        var (weight, bias) = (head.Tensors["weight"].ReadFloat32(), head.Tensors["bias"].ReadFloat32());
        foreach (var (index, (name, _)) in HeadBench.Colours.Index())
        {
            var picture = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(bench.Images, name, "000.png")), new ImageLimits());
            var input = ModelInput.FromPicture(served.Preprocessor.Prepare(picture).Picture);
            var latent = backbone.Predict([input])[0].Latent;
            var logits = served.Predict([input])[0].Logits;
            Assert.Equal(index, Array.IndexOf(logits, logits.Max()));
            Assert.Equal(name, served.Outputs[index][0]);

            // Float32 sums of 24 products against double ones: 1e-5 is ten times what was seen.
            Assert.All(logits.Index(), logit => Assert.Equal(
                bias[logit.Index] + latent.Zip(weight.Skip(logit.Index * latent.Length)).Sum(pair => (double)pair.First * pair.Second), logit.Item, 1e-5));
        }
    }

    [Theory]
    [InlineData(false, "training", 4)]     // amid the first epoch
    [InlineData(false, "training", 11)]    // after some epochs
    [InlineData(true, "training", 5)]
    [InlineData(true, "checking", 3)]
    [InlineData(false, "latents", 1)]
    public void Run_StoppedAndGoneOnWith_EndsAsIfNeverStopped(bool augment, string stage, int report)
    {
        using var bench = new HeadBench().WithColours(10);
        var options = Quick with { Augment = augment, Epochs = 4, Seed = 9 };
        using var stop = new StoppingProgress(stage, report);
        Assert.ThrowsAny<OperationCanceledException>(() => new HeadTrainer(bench.Folders, options, "cpu", stop).Run(stop.Token));
        Assert.False(File.Exists(Path.Combine(bench.Output, "model.json")));
        var resumed = new HeadTrainer(bench.Folders, options, "cpu").Run(CancellationToken.None);

        var whole = bench.Folders with { Output = bench.At("whole") };
        var uninterrupted = new HeadTrainer(whole, options, "cpu").Run(CancellationToken.None);

        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Output, "head.safetensors")), File.ReadAllBytes(Path.Combine(bench.Output, "head.safetensors")));
        Assert.Equal((uninterrupted.BestEpoch, uninterrupted.ValidationLoss), (resumed.BestEpoch, resumed.ValidationLoss));
        Assert.Equal(Metrics(whole.Output).Select(WithoutTime), Metrics(bench.Output).Select(WithoutTime));
    }

    [Fact]
    public void Run_AnotherSeed_TrainsOtherwise()
    {
        using var bench = new HeadBench().WithColours(10);
        new HeadTrainer(bench.Folders, Quick with { Epochs = 2 }, "cpu").Run(CancellationToken.None);
        new HeadTrainer(bench.Folders with { Output = bench.At("other") }, Quick with { Epochs = 2, Seed = 1 }, "cpu").Run(CancellationToken.None);
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(bench.Output, "head.safetensors")), File.ReadAllBytes(Path.Combine(bench.At("other"), "head.safetensors")));
    }

    [Fact]
    public void Run_FinishedButAskedForMoreEpochs_GoesOn()
    {
        using var bench = new HeadBench().WithColours(10);
        var first = new HeadTrainer(bench.Folders, Quick with { Epochs = 2 }, "cpu").Run(CancellationToken.None);
        var second = new HeadTrainer(bench.Folders, Quick with { Epochs = 5 }, "cpu").Run(CancellationToken.None);
        var at_once = new HeadTrainer(bench.Folders with { Output = bench.At("once") }, Quick with { Epochs = 5 }, "cpu").Run(CancellationToken.None);
        Assert.Equal((2, 5), (first.Epochs, second.Epochs));
        Assert.Equal(at_once.ValidationLoss, second.ValidationLoss);
    }

    [Fact]
    public void Run_ImagesOfTheirOwnForValidation_ChoosesByThem()
    {
        using var bench = new HeadBench().WithColours(6).WithColours(2, "held-out");
        var report = new HeadTrainer(bench.Folders with { Validation = bench.At("held-out") }, Quick, "cpu").Run(CancellationToken.None);
        Assert.Equal((18, 6), (report.TrainingImages, report.ValidationImages));
        Assert.Equal(1, report.ValidationAccuracy);
    }

    private static string WithoutTime(JsonElement line) =>
        string.Join(", ", line.EnumerateObject().Where(entry => entry.Name != "seconds").Select(entry => $"{entry}"));

    private static List<JsonElement> Metrics(string output) =>
        [.. File.ReadLines(Path.Combine(output, "training", "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
