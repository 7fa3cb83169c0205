using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Training.Fitting;

/// <summary>
/// Momentum whose matrix steps are made orthogonal, all directions equally long, by five Newton–Schulz iterations (Jordan et al. 2024,
/// "Muon"). For the matrices inside blocks; every direction of a weight moves alike, however
/// small its share of the gradient.
/// </summary>
internal sealed class Muon : IDisposable
{
    private const int Iterations = 5;
    private readonly List<(Tensor Weight, Tensor Momentum)[]> _groups;
    private readonly double _momentum, _decay;

    /// <param name="matrices">Weights, outputs × inputs; those of one shape share their products.</param>
    /// <param name="momentum">0 to below 1.</param>
    /// <param name="decay">Decoupled weight decay.</param>
    public Muon(IReadOnlyDictionary<string, Tensor> matrices, double momentum, double decay)
    {
        (_momentum, _decay) = (momentum, decay);
        Momenta = matrices.ToDictionary(entry => entry.Key, entry => zeros_like(entry.Value.detach()).DetachFromDisposeScope());
        _groups = [.. matrices.GroupBy(entry => (entry.Value.shape[0], entry.Value.shape[1]))
            .Select(group => group.Select(entry => (entry.Value, Momenta[entry.Key])).ToArray())];
    }

    /// <summary>What to save and restore, by the weights' names.</summary>
    public IReadOnlyDictionary<string, Tensor> Momenta { get; }

    /// <summary>One step along the weights' gradients.</summary>
    /// <param name="learningRate">Length of a step, in units of a weight's typical size; 0.02 is usual for wide networks, a quarter of it for narrow ones.</param>
    public void Step(double learningRate)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _groups)
        {
            var directions = Orthogonal(stack(group.Select(pair => Direction(pair.Weight, pair.Momentum))));
            // A step changes outputs alike whatever the matrix's shape.
            var length = learningRate * Math.Sqrt(Math.Max(1, (double)directions.shape[1] / directions.shape[2]));
            for (var i = 0; i < group.Length; i++)
            {
                group[i].Weight.MultiplyInPlace(1 - learningRate * _decay).AddInPlace(directions[i], -length);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var momentum in Momenta.Values)
        {
            momentum.Dispose();
        }
    }

    /// <summary>Nesterov's look ahead.</summary>
    private Tensor Direction(Tensor weight, Tensor momentum)
    {
        var gradient = weight.grad!;
        momentum.MultiplyInPlace(_momentum).AddInPlace(gradient);
        return gradient.Plus(momentum.Times(_momentum));
    }

    /// <param name="matrices">G × rows × columns</param>
    /// <returns>The nearest matrices whose singular values are all about 1 (0.7 to 1.2 after five iterations).</returns>
    private static Tensor Orthogonal(Tensor matrices)
    {
        var tall = matrices.shape[1] > matrices.shape[2];
        var x = tall ? matrices.transpose(1, 2) : matrices;
        x = x / x.norm(1).norm(1).view(-1, 1, 1).Plus(1e-7);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var a = x.matmul(x.transpose(1, 2));
            var b = a.Times(-4.7750).Plus(a.matmul(a).Times(2.0315));
            x = x.Times(3.4445).Plus(b.matmul(x));
        }

        return tall ? x.transpose(1, 2) : x;
    }
}
