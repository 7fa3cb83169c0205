using System.Text.Json.Nodes;
using Cdam.Attribution.Models;
using Cdam.Training.Fitting;
using Cdam.Training.LungModels;
using Cdam.Training.LungModels.Splits;

namespace Cdam.Training.Tests.LungModels;

/// <summary>Dropping draws from the process's one generator, which nobody else may draw from meanwhile.</summary>
[CollectionDefinition(nameof(LungResumeTests), DisableParallelization = true)]
[Collection(nameof(LungResumeTests))]
public sealed class LungResumeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]     // in the first epoch of the first fold
    [InlineData(5)]     // within an epoch
    [InlineData(14)]    // in the second fold
    public void Run_StoppedAndGoneOn_IsBitForBitTheSame(int steps)
    {
        Run("whole", int.MaxValue);
        Assert.Throws<OperationCanceledException>(() => Run("parts", steps));
        Run("parts", int.MaxValue);
        foreach (var file in (string[])["model.safetensors", "report.json", "model.json", "training/fold-1/state/weights.safetensors", "training/fold-2/state/weights.safetensors"])
        {
            Assert.Equal(File.ReadAllBytes(_folder.Path($"whole/{file}")), File.ReadAllBytes(_folder.Path($"parts/{file}")));
        }

        Assert.Equal(Metrics("whole", 1), Metrics("parts", 1));
        Assert.Equal(Metrics("whole", 2), Metrics("parts", 2));
    }

    [Fact]
    public void Run_Again_TrainsNothingMore()
    {
        Run("out", int.MaxValue);
        var before = File.ReadAllBytes(_folder.Path("out/report.json"));
        Run("out", stopAfter: 1);    // one step would be one too many
        Assert.Equal(before, File.ReadAllBytes(_folder.Path("out/report.json")));
    }

    private void Run(string name, int stopAfter)
    {
        var options = new LungTrainingOptions
        {
            Kind = ModelKind.Malignancy,
            Epochs = 3,
            BatchSize = 8,
            TrainableTensors = 20,
            Dropout = 0.09,
            HalfProducts = false,
        };
        using var stop = new CancellationTokenSource();
        using var backbone = TestBackbone.Load(_folder);
        var splits = LungSplits.Of(TestNodules.Draw(40), 2, options);
        new LungTrainer(options, _folder.Path(name), progress: new StopAfter(stopAfter, stop)).Run(splits, backbone, stop.Token);
    }

    private List<string> Metrics(string name, int fold) =>
        [.. File.ReadLines(_folder.Path($"{name}/training/fold-{fold}/metrics.jsonl")).Select(line =>
        {
            var metrics = JsonNode.Parse(line)!.AsObject();
            metrics.Remove("seconds");
            return metrics.ToJsonString();
        })];

    private sealed class StopAfter(int steps, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        private int _made;

        public void Report(TrainingProgress value)
        {
            if (++_made == steps)
            {
                stop.Cancel();
            }
        }
    }
}
