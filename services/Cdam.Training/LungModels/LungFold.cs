using System.Diagnostics;
using System.Globalization;
using Cdam.Attribution.Models;
using Cdam.Attribution.Volumes;
using Cdam.Randomness;
using Cdam.Training.Fitting;
using Cdam.Training.LungModels.Slices;
using Cdam.Training.LungModels.Splits;
using Cdam.Training.LungModels.Tasks;
using Cdam.Training.Networks;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>Trains and measures the model of one fold. Everything it knows of nodules but the final figures comes from the training part.</summary>
internal sealed class LungFold : IDisposable
{
    private readonly LungTrainingOptions _options;
    private readonly LungSplit _split;
    private readonly PretrainedBackbone _backbone;
    private readonly Device _device;
    private readonly string _folder;
    private readonly SliceTensors _slices;
    private readonly LungFit _fit;

    /// <param name="options">How to train.</param>
    /// <param name="split">The fold's nodules.</param>
    /// <param name="backbone">What to start from. Not owned.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="folder">Takes metrics and what is needed to go on.</param>
    /// <exception cref="ArgumentException">Nothing can be learnt from these nodules, or the backbone cannot take them.</exception>
    public LungFold(LungTrainingOptions options, LungSplit split, PretrainedBackbone backbone, Device device, string folder)
    {
        (_options, _split, _backbone, _device, _folder) = (options, split, backbone, device, folder);
        Volume = HounsfieldWindow.Measure([.. split.Train.Select(nodule => nodule.Crop)], backbone.Config.Image);
        if (Volume.Faults(backbone.Config.Patch).ToList() is { Count: > 0 } faults)
        {
            throw new ArgumentException($"backbone {backbone.Manifest.Id}: {string.Join("; ", faults)}");
        }

        Task = options.Kind == ModelKind.Malignancy ? new MalignancyTask() : new BiomarkerTask(split.Train);
        _slices = new SliceTensors(Volume, device);
        _fit = new LungFit(options, Task, backbone, split.Fingerprint(), device);
    }

    /// <summary>How crops are prepared.</summary>
    public VolumeOptions Volume { get; }

    /// <summary>What is learnt.</summary>
    public ILungTask Task { get; }

    /// <summary>The weights of the best epoch.</summary>
    public IReadOnlyDictionary<string, Tensor> Best => _fit.Best;

    /// <summary>Steps of an epoch.</summary>
    public static int StepsPerEpoch(LungSplit split, LungTrainingOptions options) => (split.Train.Count + options.BatchSize - 1) / options.BatchSize;

    /// <summary>Trains, or goes on training, until nothing is left to do.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the next run goes on behind the last whole epoch.</exception>
    public void Train(LungProgress progress, CancellationToken cancellation)
    {
        var state = Path.Combine(_folder, "state");
        _fit.Resume(state);
        var perEpoch = StepsPerEpoch(_split, _options);
        progress.Skip((long)_fit.Epoch * perEpoch);
        var metrics = new MetricsLog(Path.Combine(_folder, "metrics.jsonl"), _fit.Epoch);
        var evaluation = new LungEvaluation(_split.Validation, Task, _slices, _device);
        var validated = "";
        while (!_fit.IsFinished)
        {
            var watch = Stopwatch.StartNew();
            var loss = Epoch(progress, $"epoch {_fit.Epoch + 1}{validated}", cancellation);
            var outputs = evaluation.Outputs(_fit.Network);
            var (validationLoss, measure) = (evaluation.Loss(outputs), Headline(outputs));
            var rate = _options.LearningRate * _options.Schedule(_fit.Epoch);
            _fit.EndEpoch(validationLoss);
            metrics.Write(new LungEpochMetrics(_fit.Epoch, rate, loss, validationLoss, measure, watch.Elapsed.TotalSeconds));
            _fit.Save(state);
            validated = string.Create(CultureInfo.InvariantCulture, $", validation loss {validationLoss:0.000}, {Task.Headline} {measure:0.000}");
        }

        progress.Skip((long)(_options.Epochs - _fit.Epoch) * perEpoch);
    }

    /// <summary>Measures the best weights on the test part, as the explainer will have them: rounded to 16 bits, products in float32.</summary>
    public LungFoldReport Report()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var network = new LungNetwork(_backbone.Config, HalfWeights.Rounded(Best), ScalarType.Float32);
        var outputs = new LungEvaluation(_split.Test, Task, _slices, _device).Outputs(network);
        return new LungFoldReport(
            _split.Number, _split.Train.Count, _split.Validation.Count, _split.Test.Count,
            _fit.BestEpoch, _fit.Epoch, _fit.BestLoss, Task.Figures(outputs, _split.Test));
    }

    /// <inheritdoc/>
    public void Dispose() => _fit.Dispose();

    /// <returns>The mean loss of its nodules.</returns>
    private double Epoch(LungProgress progress, string note, CancellationToken cancellation)
    {
        var perEpoch = StepsPerEpoch(_split, _options);
        var steps = (long)_fit.Epoch * perEpoch;
        var stream = new RandomStream(_options.Seed ^ 0x45504F43, (uint)(_split.Number << 16 | _fit.Epoch));
        _fit.BeginEpoch(stream);
        var batches = new LungBatches(_split.Train, Task, _slices, _options.BatchSize, _device);
        var (sum, nodules) = (0.0, 0L);
        foreach (var (input, targets) in batches.Epoch(stream))
        {
            using (input)
            using (targets)
            {
                cancellation.ThrowIfCancellationRequested();
                sum += _fit.Learn(input, targets, (double)nodules / _split.Train.Count) * targets.shape[0];
                nodules += targets.shape[0];
            }

            progress.Step($"fold {_split.Number}", ++steps, (long)_options.Epochs * perEpoch, sum / nodules, note);
        }

        return sum / nodules;
    }

    private double? Headline(IReadOnlyList<float[]> outputs) =>
        Task.Figures(outputs, _split.Validation).First(figure => figure.Measure == Task.Headline).Value;
}
