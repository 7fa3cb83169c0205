using System.Globalization;
using Cdam.Training.Fitting;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>A training under way: weights, their average, the optimiser, and where in which epoch it is.</summary>
internal sealed class SceneFit : IDisposable
{
    /// <summary>Largest norm of a step's gradient; larger ones are scaled down.</summary>
    private const double LargestGradient = 1;

    private readonly SceneTrainingOptions _options;
    private readonly Device _device;
    private readonly Dictionary<string, Tensor> _weights, _best;
    private readonly WeightAverage _average;
    private readonly SceneNetwork _network;
    private readonly AdamW _optimizer;
    private readonly Muon _muon;
    private readonly Func<double, double> _schedule;

    public SceneFit(SceneTrainingOptions options, Device device)
    {
        (_options, _device) = (options, device);
        _weights = SceneNetwork.Draw(options.Backbone, options.Seed, device);
        _average = new WeightAverage(_weights, options.AverageDecay);
        _best = _weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());
        _network = new SceneNetwork(options.Backbone, _weights, options.Products);
        _muon = new Muon(_weights.Where(entry => IsHidden(entry.Key, entry.Value)).ToDictionary(), momentum: 0.95, options.WeightDecay);
        _optimizer = Optimizer(_weights, options);
        _schedule = LearningRate.WarmupCosine(options.Epochs, options.WarmupEpochs, floor: 0.01);
    }

    /// <summary>Whole epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Steps done of the epoch under way.</summary>
    public int Step { get; private set; }

    /// <summary>The epoch with the best validation accuracy, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>That accuracy, 0 to 1.</summary>
    public double BestAccuracy { get; private set; }

    /// <summary>The moving average of the weights.</summary>
    public IReadOnlyDictionary<string, Tensor> Average => _average.Weights;

    /// <summary>The average as it was after the best epoch.</summary>
    public IReadOnlyDictionary<string, Tensor> Best => _best;

    /// <summary>One step of the optimiser.</summary>
    /// <param name="batch">What to learn from.</param>
    /// <param name="perEpoch">Batches of an epoch.</param>
    /// <returns>The loss, and the share of pictures whose heaviest label came first.</returns>
    public (double Loss, double Accuracy) Learn(SceneBatch batch, int perEpoch)
    {
        using var scope = NewDisposeScope();
        var time = Epoch + (double)Step / perEpoch;
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = _options.LearningRate * _schedule(time);
        }

        var tensors = batch.ToTensors(_options.ShrinkOf(Epoch), _device);
        var logits = _network.All(tensors.Input);
        var loss = SceneLoss.Of(logits, tensors, _options);
        _optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(_weights.Values.Cast<Parameter>(), LargestGradient);
        _optimizer.step();
        _muon.Step(_options.MatrixLearningRate * _schedule(time));
        _average.Update(_weights);
        Step++;
        var right = logits.Classes.argmax(1).eq(tensors.Classes.argmax(1)).to(ScalarType.Float32).mean();
        return (loss.item<float>(), right.item<float>());
    }

    /// <summary>Closes an epoch with the average's accuracy on the validation set.</summary>
    public void EndEpoch(double accuracy)
    {
        (Epoch, Step) = (Epoch + 1, 0);
        // Small pictures are only a way there.
        if (Epoch > _options.EarlyEpochs && (BestEpoch == 0 || accuracy > BestAccuracy))
        {
            (BestAccuracy, BestEpoch) = (accuracy, Epoch);
            using var noGradient = no_grad();
            foreach (var (name, tensor) in _best)
            {
                tensor.copy_(Average[name]);
            }
        }
    }

    /// <summary>Writes everything needed to go on.</summary>
    public void Save(string folder) => TrainingState.Save(folder, Sets(), _optimizer, new Dictionary<string, string>
    {
        ["options"] = _options.ToJson(),
        ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
        ["step"] = Step.ToString(CultureInfo.InvariantCulture),
        ["average_steps"] = _average.Steps.ToString(CultureInfo.InvariantCulture),
        ["best_epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
        ["best_accuracy"] = BestAccuracy.ToString("R", CultureInfo.InvariantCulture),
    });

    /// <summary>Goes on from what was saved, if anything was.</summary>
    /// <exception cref="ArgumentException">It was saved with other options.</exception>
    public void Resume(string folder)
    {
        if (!TrainingState.Exists(folder))
        {
            return;
        }

        var notes = TrainingState.Notes(folder);
        if (notes["options"] != _options.ToJson())
        {
            throw new ArgumentException($"{folder} holds a training with other options; choose another folder or delete it. Its options: {notes["options"]}");
        }

        TrainingState.Restore(folder, Sets(), _optimizer);
        (Epoch, Step) = (Integer("epoch"), Integer("step"));
        (BestEpoch, BestAccuracy) = (Integer("best_epoch"), double.Parse(notes["best_accuracy"], CultureInfo.InvariantCulture));
        _average.Steps = Integer("average_steps");

        int Integer(string name) => int.Parse(notes[name], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _muon.Dispose();
        _average.Dispose();
        foreach (var tensor in _weights.Values.Concat(_best.Values))
        {
            tensor.Dispose();
        }
    }

    private static AdamW Optimizer(Dictionary<string, Tensor> weights, SceneTrainingOptions options)
    {
        // Biases, LayerNorms, positions and [CLS] are not decayed, as usual.
        var others = weights.Where(entry => !IsHidden(entry.Key, entry.Value)).Select(entry => (Parameter)entry.Value);
        return optim.AdamW(others, options.LearningRate, beta2: 0.95, weight_decay: 0);
    }

    private static bool IsHidden(string name, Tensor tensor) => tensor.dim() == 2 && name.StartsWith("backbone.blocks.", StringComparison.Ordinal);

    private Dictionary<string, IReadOnlyDictionary<string, Tensor>> Sets() => new()
    {
        ["momenta"] = _muon.Momenta,
        ["weights"] = _weights,
        ["average"] = _average.Weights,
        ["best"] = _best,
    };
}
