using System.Globalization;
using Cdam.Training.Fitting;
using Cdam.Training.Heads.Latents;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.Heads;

/// <summary>
/// A linear head under way: weights, those of the best epoch, Adam, and where in which epoch it is. Cross entropy is convex in a linear
/// head, so it starts from 0 and not at random.
/// </summary>
internal sealed class HeadFit : IDisposable
{
    private readonly string _identity;
    private readonly Dictionary<string, Tensor> _weights, _best;
    private readonly Adam _optimizer;
    private double _losses;
    private long _right, _seen;

    /// <param name="identity">Everything that must not change when the training goes on.</param>
    public HeadFit(int dim, int classes, double learningRate, string identity)
    {
        _identity = identity;
        _weights = new() { ["weight"] = new Parameter(zeros(classes, dim), true), ["bias"] = new Parameter(zeros(classes), true) };
        _best = new() { ["weight"] = zeros(classes, dim), ["bias"] = zeros(classes) };
        _optimizer = optim.Adam(_weights.Values.Cast<Parameter>(), learningRate);
    }

    /// <summary>Whole epochs done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Steps done of the epoch under way.</summary>
    public int Step { get; private set; }

    /// <summary>The epoch with the lowest validation loss, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>That loss, in nats.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Mean over the images of the epoch under way; 0 before the first.</summary>
    public double TrainLoss => _losses / Math.Max(1, _seen);

    /// <summary>Share of them that were named right.</summary>
    public double TrainAccuracy => (double)_right / Math.Max(1, _seen);

    /// <summary><c>weight</c>, classes × d, and <c>bias</c>, classes.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _weights;

    /// <summary>The weights as they were after the best epoch.</summary>
    public IReadOnlyDictionary<string, Tensor> Best => _best;

    /// <summary>One step of the optimiser.</summary>
    public void Learn(LatentSet batch)
    {
        using var scope = NewDisposeScope();
        var logits = linear(batch.Latents, _weights["weight"], _weights["bias"]);
        var loss = cross_entropy(logits, batch.Classes);
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        _losses += loss.item<float>() * (double)batch.Count;
        _right += logits.argmax(1).eq(batch.Classes).sum().item<long>();
        _seen += batch.Count;
        Step++;
    }

    /// <summary>Closes an epoch with its validation loss.</summary>
    public void EndEpoch(double validationLoss)
    {
        (Epoch, Step, _losses, _right, _seen) = (Epoch + 1, 0, 0, 0, 0);
        if (validationLoss < BestLoss)
        {
            (BestLoss, BestEpoch) = (validationLoss, Epoch);
            using var noGradient = no_grad();
            foreach (var (name, tensor) in _best)
            {
                tensor.copy_(_weights[name]);
            }
        }
    }

    /// <summary>Writes everything needed to go on.</summary>
    public void Save(string folder) => TrainingState.Save(folder, Sets(), _optimizer, new Dictionary<string, string>
    {
        ["identity"] = _identity,
        ["epoch"] = Epoch.ToString(CultureInfo.InvariantCulture),
        ["step"] = Step.ToString(CultureInfo.InvariantCulture),
        ["best_epoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture),
        ["best_loss"] = BestLoss.ToString("R", CultureInfo.InvariantCulture),
        ["losses"] = _losses.ToString("R", CultureInfo.InvariantCulture),
        ["right"] = _right.ToString(CultureInfo.InvariantCulture),
        ["seen"] = _seen.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Goes on from what was saved, if anything was.</summary>
    /// <exception cref="ArgumentException">It was saved by another training.</exception>
    public void Resume(string folder)
    {
        if (!TrainingState.Exists(folder))
        {
            return;
        }

        var notes = TrainingState.Notes(folder);
        if (notes.GetValueOrDefault("identity") != _identity)
        {
            throw new ArgumentException(
                $"{folder} holds a training with other options, images or another backbone; choose another folder or delete it. "
                + $"It is {notes.GetValueOrDefault("identity")}; this one is {_identity}");
        }

        TrainingState.Restore(folder, Sets(), _optimizer);
        (Epoch, Step, BestEpoch) = ((int)Integer("epoch"), (int)Integer("step"), (int)Integer("best_epoch"));
        (_right, _seen) = (Integer("right"), Integer("seen"));
        (BestLoss, _losses) = (Number("best_loss"), Number("losses"));

        long Integer(string name) => long.Parse(notes[name], CultureInfo.InvariantCulture);
        double Number(string name) => double.Parse(notes[name], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        foreach (var tensor in _weights.Values.Concat(_best.Values))
        {
            tensor.Dispose();
        }
    }

    private Dictionary<string, IReadOnlyDictionary<string, Tensor>> Sets() => new() { ["weights"] = _weights, ["best"] = _best };
}
