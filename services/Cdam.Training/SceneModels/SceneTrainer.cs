using System.Diagnostics;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Scenes;
using Cdam.Training.Fitting;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>
/// Trains the scene model: Muon and AdamW, warm-up and cosine, CutMix, token labelling, first small and bare pictures, then whole ones, a
/// moving average of the weights, early stopping by validation accuracy. Stopped at any time, it goes on from where it was.
/// </summary>
public sealed class SceneTrainer
{
    private const int StepsBetweenReports = 20;
    private readonly SceneTrainingOptions _options;
    private readonly string _folder;
    private readonly Device _device;
    private readonly IProgress<TrainingProgress>? _progress;

    /// <param name="options">How to train.</param>
    /// <param name="folder">Takes the finished model; its subfolder <c>training</c> takes the metrics and what is needed to go on.</param>
    /// <param name="device"><c>cpu</c> or <c>cuda:N</c>.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the device cannot be had.</exception>
    public SceneTrainer(SceneTrainingOptions options, string folder, string device = "cpu", IProgress<TrainingProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        TorchRuntime.Load();
        (_options, _folder, _progress) = (options, folder, progress);
        _device = ModelPlacement.Resolve(new ModelOptions { Device = device }).Device;
    }

    private string State => Path.Combine(_folder, "training", "state");

    /// <summary>Trains, or goes on training, and writes the model's folder.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the next run goes on.</exception>
    /// <exception cref="ArgumentException">The folder holds a training with other options.</exception>
    public SceneReport Run(CancellationToken cancellation)
    {
        using var fit = new SceneFit(_options, _device);
        fit.Resume(State);
        var validation = Draw(SceneSet.Validation, _options.ValidationScenes, cancellation);
        Train(fit, validation, cancellation);
        var test = Draw(SceneSet.Test, _options.TestScenes, cancellation);
        SceneModelFolder.Write(_folder, _options, fit.Best);
        return Report(fit, test);
    }

    private void Train(SceneFit fit, ScenePool validation, CancellationToken cancellation)
    {
        if (Finished(fit))
        {
            return;
        }

        var batches = new SceneBatches(Draw(SceneSet.Train, _options.TrainScenes, cancellation), _options.BatchSize, _options.CutMix);
        var metrics = new MetricsLog(Path.Combine(_folder, "training", "metrics.jsonl"), fit.Epoch);
        while (!Finished(fit))
        {
            var watch = Stopwatch.StartNew();
            var (loss, accuracy) = Epoch(fit, batches, cancellation);
            var validated = new SceneAccuracy(validation, _options.ShrinkOf(fit.Epoch), _device).Of(Network(fit.Average));
            fit.EndEpoch(validated);
            metrics.Write(new SceneEpochMetrics(fit.Epoch, loss, accuracy, validated, watch.Elapsed.TotalSeconds));
            fit.Save(State);
        }
    }

    private bool Finished(SceneFit fit) =>
        fit.Epoch >= _options.Epochs || (fit.BestEpoch > 0 && fit.Epoch - fit.BestEpoch >= _options.Patience);

    /// <summary>Goes through the rest of an epoch.</summary>
    /// <returns>Mean loss and accuracy over it.</returns>
    private (double Loss, double Accuracy) Epoch(SceneFit fit, SceneBatches batches, CancellationToken cancellation)
    {
        var (losses, hits, begin, watch) = (0.0, 0.0, fit.Step, Stopwatch.StartNew());
        (double Loss, double Accuracy) recent = default;
        foreach (var batch in batches.Epoch(_options.Seed, fit.Epoch, begin, Easing))
        {
            if (cancellation.IsCancellationRequested)
            {
                fit.Save(State);
                cancellation.ThrowIfCancellationRequested();
            }

            var (loss, accuracy) = fit.Learn(batch, batches.PerEpoch);
            (losses, hits) = (losses + loss, hits + accuracy);
            recent = (recent.Loss + loss, recent.Accuracy + accuracy);
            if (fit.Step % StepsBetweenReports == 0)
            {
                var (done, total) = ((long)fit.Epoch * batches.PerEpoch + fit.Step, (long)_options.Epochs * batches.PerEpoch);
                var left = watch.Elapsed / (fit.Step - begin) * (total - done);
                _progress?.Report(new TrainingProgress("training", done, total, recent.Loss / StepsBetweenReports, recent.Accuracy / StepsBetweenReports, left));
                recent = default;
            }
        }

        var steps = Math.Max(1, fit.Step - begin);
        return (losses / steps, hits / steps);

        double Easing(int step) => _options.EasingAt(fit.Epoch + (double)step / batches.PerEpoch);
    }

    private SceneReport Report(SceneFit fit, ScenePool test)
    {
        var accuracy = new SceneAccuracy(test, shrink: 1, _device);
        var byClass = accuracy.ByClass(Network(fit.Best), SceneGenerator.ClassNames.Count);
        return new SceneReport(fit.BestEpoch, fit.Epoch, fit.BestAccuracy, accuracy.Of(Network(fit.Best)), byClass);
    }

    private SceneNetwork Network(IReadOnlyDictionary<string, Tensor> weights) => new(_options.Backbone, weights, _options.Products);

    private ScenePool Draw(SceneSet set, int count, CancellationToken cancellation) => ScenePool.Draw(
        new SceneGenerator(_options.Backbone.Image, _options.Seed), set, count, _options.Backbone.Image, _options.Backbone.Patch, _progress, cancellation);
}
