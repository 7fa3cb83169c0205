using System.Diagnostics;
using Cdam.Attribution.Models;
using Cdam.Attribution.Native;
using Cdam.Training.Fitting;
using Cdam.Training.Heads.Images;
using Cdam.Training.Heads.Latents;

namespace Cdam.Training.Heads;

/// <summary>
/// Trains a linear head on a frozen backbone for images in folders, one a class; the weights of the lowest validation loss are kept.
/// Stopped at any time, it goes on from where it was. Call it from one thread.
/// </summary>
public sealed class HeadTrainer
{
    private readonly HeadTrainingFolders _folders;
    private readonly HeadTrainingOptions _options;
    private readonly string _device;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly Action<LeftOutImage>? _leftOut;

    /// <param name="folders">Where to read and write.</param>
    /// <param name="options">How to train.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>, for the backbone.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="leftOut">Told of each file that cannot be read as an image; may be null.</param>
    public HeadTrainer(
        HeadTrainingFolders folders,
        HeadTrainingOptions options,
        string device = "auto",
        IProgress<TrainingProgress>? progress = null,
        Action<LeftOutImage>? leftOut = null)
    {
        TorchRuntime.Load();
        (_folders, _options, _device, _progress, _leftOut) = (folders, options, device, progress, leftOut);
    }

    private string Training => Path.Combine(_folders.Output, "training");

    private string State => Path.Combine(Training, "state");

    /// <summary>Trains, or goes on training, and writes the model's folder.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the next run goes on.</exception>
    /// <exception cref="ArgumentException">
    /// An option is out of range, the images are not two classes or more of two images or more, or the output folder holds something else.
    /// </exception>
    /// <exception cref="ModelException">The backbone cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public HeadReport Run(CancellationToken cancellation)
    {
        _options.Validate();
        RequireOwnOutput();
        var images = ImageFolder.Read(_folders.Images);
        var given = _folders.Validation is null ? null : ImageFolder.Read(_folders.Validation);
        given?.RequireClassesOf(images);
        using var backbone = new FrozenBackbone(_folders.Backbone, _device);
        var sift = new ImageSift(backbone.Prepare, _progress, _leftOut);
        var data = HeadData.Sift(images, given, sift, _options.ValidationShare, _options.Seed, cancellation);

        // Before hours may go into latents: is it the training that the folder holds?
        var key = Convert.ToHexStringLower(HeadData.Key(backbone.Identity, data.Training.Concat(data.Validation)));
        using var fit = new HeadFit(backbone.Config.Dim, data.Classes.Count, _options.LearningRate, $"{_options.ToJson()} on {key}");
        fit.Resume(State);
        using var validation = Latents("validation", data.Validation, backbone, cancellation);
        Train(fit, data, backbone, validation, cancellation);
        var trainedOn = $"{data.Training.Count} images of {Path.GetFileName(Full(_folders.Images))}";
        HeadModelFolder.Write(_folders.Output, backbone, data.Classes, fit.Best, trainedOn);
        return Report(fit, data, validation, sift.LeftOut);
    }

    private void Train(HeadFit fit, HeadData data, FrozenBackbone backbone, LatentSet validation, CancellationToken cancellation)
    {
        if (Finished(fit))
        {
            return;
        }

        using var once = _options.Augment ? null : Latents("training", data.Training, backbone, cancellation);
        var order = new BatchOrder(data.Training.Count, _options.BatchSize, _options.Seed);
        ILatentBatches batches = once is null
            ? new AugmentedBatches(data.Training, backbone, order, _options.Seed)
            : new FixedBatches(once, order);
        var metrics = new MetricsLog(Path.Combine(Training, "metrics.jsonl"), fit.Epoch);
        var pace = new Pace();
        while (!Finished(fit))
        {
            var watch = Stopwatch.StartNew();
            Epoch(fit, batches, pace, cancellation);
            var answers = HeadAnswers.Of(fit.Weights, validation);
            var (loss, accuracy) = (fit.TrainLoss, fit.TrainAccuracy);
            fit.EndEpoch(answers.Loss);
            metrics.Write(new HeadEpochMetrics(fit.Epoch, loss, accuracy, answers.Loss, answers.Accuracy, watch.Elapsed.TotalSeconds));
            fit.Save(State);
        }
    }

    private bool Finished(HeadFit fit) =>
        fit.Epoch >= _options.Epochs || (fit.BestEpoch > 0 && fit.Epoch - fit.BestEpoch >= _options.Patience);

    /// <summary>Goes through the rest of an epoch.</summary>
    private void Epoch(HeadFit fit, ILatentBatches batches, Pace pace, CancellationToken cancellation)
    {
        try
        {
            foreach (var batch in batches.Epoch(fit.Epoch, fit.Step, cancellation))
            {
                fit.Learn(batch);
                var (done, total) = ((long)fit.Epoch * batches.PerEpoch + fit.Step, (long)_options.Epochs * batches.PerEpoch);
                _progress?.Report(new TrainingProgress("training", done, total, fit.TrainLoss, fit.TrainAccuracy, pace.Left(done, total)));
            }
        }
        catch (OperationCanceledException)
        {
            fit.Save(State);
            throw;
        }
    }

    private LatentSet Latents(string name, IReadOnlyList<LabelledImage> images, FrozenBackbone backbone, CancellationToken cancellation)
    {
        var (pace, all) = (new Pace(), images.Count);
        var latents = LatentFile.Complete(
            Path.Combine(Training, $"{name}.latents"),
            HeadData.Key(backbone.Identity, images),
            images,
            backbone,
            done => _progress?.Report(new TrainingProgress($"latents of {name} images", done, all, Left: pace.Left(done, all))),
            cancellation);
        return LatentSet.Of(latents, images);
    }

    private static HeadReport Report(HeadFit fit, HeadData data, LatentSet validation, int leftOut)
    {
        var best = HeadAnswers.Of(fit.Best, validation);
        return new HeadReport
        {
            BestEpoch = fit.BestEpoch,
            Epochs = fit.Epoch,
            ValidationLoss = best.Loss,
            ValidationAccuracy = best.Accuracy,
            Classes = data.Classes,
            ValidationAccuracyByClass = best.AccuracyByClass,
            TrainingImages = data.Training.Count,
            ValidationImages = data.Validation.Count,
            LeftOut = leftOut,
        };
    }

    /// <summary>A model that came from elsewhere is not written over.</summary>
    private void RequireOwnOutput()
    {
        if (Full(_folders.Output) == Full(_folders.Backbone))
        {
            throw new ArgumentException($"{_folders.Output}: is the backbone's folder; the new model needs one of its own");
        }

        if (File.Exists(Path.Combine(_folders.Output, ModelManifest.FileName)) && !Directory.Exists(Training))
        {
            throw new ArgumentException($"{_folders.Output}: holds a model that was not trained here; choose another folder");
        }
    }

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
