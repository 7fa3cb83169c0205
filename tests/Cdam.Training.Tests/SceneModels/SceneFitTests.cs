using Cdam.Attribution.Native;
using Cdam.Scenes;
using Cdam.Training.SceneModels;
using static TorchSharp.torch;

namespace Cdam.Training.Tests.SceneModels;

public sealed class SceneFitTests : IDisposable
{
    private static readonly SceneTrainingOptions Options = new()
    {
        Backbone = new SceneTrainingOptions().Backbone with { Image = 32, Dim = 16, Depth = 2, Heads = 4, Mlp = 64 },
        Epochs = 2,
        BatchSize = 4,
        HalfProducts = false,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public SceneFitTests() => TorchRuntime.Load();

    [Fact]
    public void Resume_TakesTheSameNextStep()
    {
        var batches = Batches();
        using var first = new SceneFit(Options, CPU);
        foreach (var batch in batches[..5])
        {
            first.Learn(batch, batches.Count);
        }

        first.Save(_folder);
        using var second = new SceneFit(Options, CPU);
        second.Resume(_folder);

        Assert.Equal((first.Epoch, first.Step), (second.Epoch, second.Step));
        foreach (var batch in batches[5..8])
        {
            Assert.Equal(first.Learn(batch, batches.Count), second.Learn(batch, batches.Count));
        }

        Assert.All(first.Average, entry => Assert.True(entry.Value.equal(second.Average[entry.Key]).all().item<bool>(), entry.Key));
    }

    [Fact]
    public void Resume_OfOtherOptions_RefusedWithWhatWasThere()
    {
        using var first = new SceneFit(Options, CPU);
        first.Save(_folder);
        using var second = new SceneFit(Options with { Backbone = Options.Backbone with { Dim = 32 } }, CPU);

        Assert.Contains("\"dim\":16", Assert.Throws<ArgumentException>(() => second.Resume(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_TheSameBatchOverAndOver_KnowsItInTheEnd()
    {
        var batch = Batches()[0];
        using var fit = new SceneFit(Options with { Epochs = 1, LearningRate = 0.01, MatrixLearningRate = 0.02 }, CPU);
        var losses = Enumerable.Range(0, 100).Select(_ => fit.Learn(batch, perEpoch: 100).Loss).ToList();

        // From guessing among 16 classes, 5 patterns and on every pixel to a fraction of it.
        Assert.InRange(losses[^1] / losses[0], 0, 0.5);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<SceneBatch> Batches()
    {
        var pool = ScenePool.Draw(new SceneGenerator(32, 0), SceneSet.Train, 64, 32, 8, null, TestContext.Current.CancellationToken);
        return [.. new SceneBatches(pool, Options.BatchSize, Options.CutMix).Epoch(seed: 1, epoch: 0, begin: 0, _ => 0)];
    }
}
