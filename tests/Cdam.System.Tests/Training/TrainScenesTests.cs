using Cdam.Attribution.Models;
using Cdam.Scenes;
using Cdam.Training.SceneModels;

namespace Cdam.System.Tests.Training;

public sealed class TrainScenesTests
{
    [Fact]
    public async Task TrainScenes_StoppedAndGoneOnWith_WritesTheModelOfAnUninterruptedRun()
    {
        using var folder = new TemporaryFolder();
        var (whole, stopped) = (Path.Combine(folder.Path, "whole"), Path.Combine(folder.Path, "stopped"));
        var first = await CommandLine.Cdam(Arguments(whole, epochs: 2));
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("test accuracy", first.Output, StringComparison.Ordinal);
        Assert.Contains($"model in {whole}", first.Output, StringComparison.Ordinal);
        Assert.Contains(SceneGenerator.ClassNames, name => first.Output.Contains(name, StringComparison.Ordinal));

        Stop(stopped);
        var second = await CommandLine.Cdam(Arguments(stopped, epochs: 2));
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(stopped, "model.safetensors")));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(stopped, "training", "metrics.jsonl")).Length);

        using var model = ExplainableModel.Load(whole, new ModelOptions { Device = "cpu" });
        Assert.Equal(16, model.Backbone.Dim);
        Assert.Equal(SceneGenerator.ClassNames[3], model.Outputs[3][0]);
    }

    [Fact]
    public async Task TrainScenes_Interrupted_SavesAndSaysThatTheSameCommandGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a signal");
        using var folder = new TemporaryFolder();
        var metrics = Path.Combine(folder.Path, "training", "metrics.jsonl");
        var result = await InterruptedCommand.Cdam(() => File.Exists(metrics) && File.ReadAllLines(metrics).Length > 0, Arguments(folder.Path, epochs: 100_000));
        Assert.True(result.ExitCode == 130, result.ToString());
        Assert.Contains("the same command goes on", result.Error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "training", "state")));
    }

    [Theory]
    [InlineData("--epochs", "0", "--epochs is 0; must be at least 1")]
    [InlineData("--scenes", "3", "scenes is 3; must be at least a batch, 32")]
    [InlineData("--early-share", "1", "early share is 1; must be 0 to below 1")]
    [InlineData("--easing-share", "0", "easing share is 0; must be above 0, at most 1")]
    [InlineData("--matrix-learning-rate", "-0.5", "matrix learning rate is -0.5; must be above 0, at most 1")]
    [InlineData("--device", "gpu", "device is \"gpu\"; must be auto, cpu or cuda:N")]
    [InlineData("--dim", "17", "dim is 17; must be a multiple of heads")]
    public async Task TrainScenes_BadOption_IsRefusedByName(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var result = await CommandLine.Cdam("train", "scenes", "--out", folder.Path, option, value);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    /// <summary>The same training in this process, stopped at its first report of progress.</summary>
    private static void Stop(string output)
    {
        var usual = new SceneTrainingOptions();
        var options = usual with
        {
            Backbone = usual.Backbone with { Image = 32, Dim = 16, Depth = 2, Heads = 4, Mlp = 64 },
            Epochs = 2,
            TrainScenes = 64,
            ValidationScenes = 32,
            TestScenes = 32,
            BatchSize = 2,
            HalfProducts = false,
        };
        using var source = new CancellationTokenSource();
        var progress = new StoppingProgress("training", source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => new SceneTrainer(options, output, "cpu", progress).Run(source.Token));
    }

    private static string[] Arguments(string output, int epochs) =>
    [
        "train", "scenes", "--out", output, "--side", "32", "--dim", "16", "--depth", "2", "--heads", "4", "--scenes", "64",
        "--validation-scenes", "32", "--test-scenes", "32", "--batch-size", "2", "--float32", "--epochs", $"{epochs}",
    ];
}
