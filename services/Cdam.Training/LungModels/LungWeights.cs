using Cdam.Randomness;
using Cdam.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>All tensors of a network in training, the last of which are trained.</summary>
internal sealed class LungWeights : IDisposable
{
    private LungWeights(Dictionary<string, Tensor> all, IReadOnlyList<string> trained) =>
        (All, Trained) = (all, trained.ToDictionary(name => name, name => (Parameter)all[name]));

    /// <summary>By the names of <see cref="LungNetwork.Names"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> All { get; }

    /// <summary>Those that are trained.</summary>
    public IReadOnlyDictionary<string, Parameter> Trained { get; }

    /// <summary>A copy of the backbone, and a fresh head.</summary>
    /// <param name="backbone">What to start from.</param>
    /// <param name="options">How wide the head is, and how many tensors are trained.</param>
    /// <param name="outputs">Of the head.</param>
    /// <param name="random">What the head is drawn from.</param>
    /// <param name="device">Where they shall be.</param>
    /// <exception cref="ArgumentException">So many tensors cannot be trained: the network has fewer, or the head alone has more.</exception>
    public static LungWeights Start(PretrainedBackbone backbone, LungTrainingOptions options, int outputs, RandomStream random, Device device)
    {
        var trained = Last(LungNetwork.Names(backbone.Config, options.HiddenWidth), options.TrainableTensors);
        using var scope = NewDisposeScope();
        var all = LungNetwork.DrawHead(backbone.Config.Dim, options.HiddenWidth, outputs, random);
        foreach (var (name, value) in backbone.State)
        {
            all[LungNetwork.BackbonePrefix + name] = value;
        }

        foreach (var name in all.Keys.ToList())
        {
            // Copied into torch's own, aligned memory: products of managed arrays round differently from one run to the next.
            var placed = all[name].clone().to(device);
            all[name] = trained.Contains(name) ? new Parameter(placed, requires_grad: true) : placed;
            all[name].DetachFromDisposeScope();
        }

        return new LungWeights(all, trained);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in All.Values)
        {
            tensor.Dispose();
        }
    }

    private static IReadOnlyList<string> Last(IReadOnlyList<string> names, int count)
    {
        var head = names.Count(name => name.StartsWith(LungNetwork.HeadPrefix, StringComparison.Ordinal));
        return count >= head && count <= names.Count
            ? [.. names.TakeLast(count)]
            : throw new ArgumentException($"trainable tensors is {count}; must be {head}, the head's own, to {names.Count}, all of the network's");
    }
}
