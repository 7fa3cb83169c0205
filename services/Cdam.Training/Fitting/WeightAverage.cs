using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Training.Fitting;

/// <summary>
/// The exponential moving average of weights, which answers better than the weights of any one step (Polyak and Juditsky 1992). Young
/// averages forget faster, so that they do not hold on to the random start.
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly double _decay;

    /// <param name="weights">Copied.</param>
    /// <param name="decay">0 to below 1.</param>
    public WeightAverage(IReadOnlyDictionary<string, Tensor> weights, double decay)
    {
        _decay = decay;
        Weights = weights.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>The averages, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    /// <summary>How many steps went in.</summary>
    public long Steps { get; set; }

    /// <summary>Takes in the weights after a step.</summary>
    public void Update(IReadOnlyDictionary<string, Tensor> weights)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Steps++;
        var decay = Math.Min(_decay, (1.0 + Steps) / (10.0 + Steps));
        foreach (var (name, average) in Weights)
        {
            average.MultiplyInPlace(decay).AddInPlace(weights[name].detach(), 1 - decay);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var average in Weights.Values)
        {
            average.Dispose();
        }
    }
}
