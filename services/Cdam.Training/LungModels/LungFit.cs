using System.Globalization;
using Cdam.Randomness;
using Cdam.Training.Fitting;
using Cdam.Training.LungModels.Tasks;
using Cdam.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>The training of one fold under way: weights, the best so far, the optimiser, and which epoch it is.</summary>
internal sealed class LungFit : IDisposable
{
    private const uint HeadStream = 0;

    private readonly LungTrainingOptions _options;
    private readonly ILungTask _task;
    private readonly string _identity;
    private readonly LungWeights _weights;
    private readonly Dictionary<string, Tensor> _best;
    private readonly LungNetwork _network;
    private readonly Adam _optimizer;
    private readonly Func<double, double> _schedule;

    /// <param name="options">How to train.</param>
    /// <param name="task">What to learn.</param>
    /// <param name="backbone">What to start from. Not owned.</param>
    /// <param name="fingerprint">Of the fold's nodules; a state of others is refused.</param>
    /// <param name="device">Where to train.</param>
    public LungFit(LungTrainingOptions options, ILungTask task, PretrainedBackbone backbone, string fingerprint, Device device)
    {
        (_options, _task) = (options, task);
        _identity = $"{options.ToJson()} on nodules {fingerprint} from backbone {backbone.Fingerprint}";
        _weights = LungWeights.Start(backbone, options, task.Outputs.Count, new RandomStream(options.Seed ^ 0x48454144, HeadStream), device);
        _best = _weights.Trained.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
        _network = new LungNetwork(backbone.Config, _weights.All, options.Products);
        _optimizer = optim.Adam(_weights.Trained.Values, options.LearningRate);
        _schedule = options.Schedule;
    }

    /// <summary>Whole epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>The epoch with the lowest validation loss, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>That loss.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether there is nothing left to do.</summary>
    public bool IsFinished =>
        Epoch >= _options.Epochs || (_options.Patience is { } patience && BestEpoch > 0 && Epoch - BestEpoch >= patience);

    /// <summary>The network as it is now.</summary>
    public LungNetwork Network => _network;

    /// <summary>All weights as they were after the best epoch.</summary>
    public IReadOnlyDictionary<string, Tensor> Best =>
        _weights.All.ToDictionary(entry => entry.Key, entry => _best.GetValueOrDefault(entry.Key, entry.Value));

    /// <summary>Draws what the epoch drops at random from its own stream, so that a resumed training drops the same.</summary>
    public void BeginEpoch(RandomStream random)
    {
        // It is the process's one generator; other users of it shall not notice a training that needs none.
        if (_options.Dropout > 0)
        {
            manual_seed(random.Bits());
        }
    }

    /// <summary>One step of the optimiser.</summary>
    /// <param name="input">B × 3 × side × side.</param>
    /// <param name="targets">B × outputs.</param>
    /// <param name="progress">How much of the epoch was done before it, 0 to below 1.</param>
    /// <returns>The loss.</returns>
    public double Learn(Tensor input, Tensor targets, double progress)
    {
        using var scope = NewDisposeScope();
        var time = Epoch + progress;
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = _options.LearningRate * _schedule(time);
        }

        var loss = _task.Loss(_network.Outputs(input, Dropping()), targets);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    /// <summary>Closes an epoch with the loss on the validation part.</summary>
    /// <exception cref="ArgumentException">It is not a number.</exception>
    public void EndEpoch(double loss)
    {
        Epoch++;
        if (!double.IsFinite(loss))
        {
            throw new ArgumentException(
                $"the validation loss of epoch {Epoch} is {loss}: the training has diverged; learning rate {_options.LearningRate} is too high");
        }

        if (loss < BestLoss)
        {
            (BestLoss, BestEpoch) = (loss, Epoch);
            using var noGradient = no_grad();
            foreach (var (name, tensor) in _best)
            {
                tensor.copy_(_weights.Trained[name]);
            }
        }
    }

    /// <summary>Writes everything needed to go on.</summary>
    public void Save(string folder) => TrainingState.Save(folder, Sets(), _optimizer, new Dictionary<string, string>
    {
        ["identity"] = _identity,
        ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
        ["best_epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
        ["best_loss"] = BestLoss.ToString("R", CultureInfo.InvariantCulture),
    });

    /// <summary>Goes on from what was saved, if anything was.</summary>
    /// <exception cref="ArgumentException">It was saved with other options, nodules or another backbone.</exception>
    public void Resume(string folder)
    {
        if (!TrainingState.Exists(folder))
        {
            return;
        }

        var identity = TrainingState.Notes(folder).GetValueOrDefault("identity");
        if (identity != _identity)
        {
            throw new ArgumentException(
                $"{folder} holds another training; choose another folder or delete it. It is of {identity}; asked for is {_identity}");
        }

        var notes = TrainingState.Restore(folder, Sets(), _optimizer);
        (Epoch, BestEpoch) = (int.Parse(notes["epoch"], CultureInfo.InvariantCulture), int.Parse(notes["best_epoch"], CultureInfo.InvariantCulture));
        BestLoss = double.Parse(notes["best_loss"], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _weights.Dispose();
        foreach (var tensor in _best.Values)
        {
            tensor.Dispose();
        }
    }

    private Dropping? Dropping() => _options.Dropout > 0 ? new Dropping(_options.Dropout, Branches: 0) : null;

    private Dictionary<string, IReadOnlyDictionary<string, Tensor>> Sets() => new()
    {
        ["weights"] = _weights.Trained.ToDictionary(entry => entry.Key, Tensor (entry) => entry.Value),
        ["best"] = _best,
    };
}
