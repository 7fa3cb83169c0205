using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>One head of <see cref="AttentionBackward"/>.</summary>
internal sealed class AttentionHead
{
    private readonly Tensor _queries, _keys, _values;        // n × k
    private readonly Tensor _outputGradients;                // n × C × k
    private readonly double _scale;

    /// <param name="qkv">n × 3 × k</param>
    /// <param name="outputGradients">∂f/∂O, n × C × k.</param>
    public AttentionHead(Tensor qkv, Tensor outputGradients)
    {
        (_queries, _keys, _values) = (qkv.select(1, 0).contiguous(), qkv.select(1, 1).contiguous(), qkv.select(1, 2).contiguous());
        _outputGradients = outputGradients;
        _scale = 1 / Math.Sqrt(qkv.shape[2]);
    }

    /// <summary>Shows A ⊙ ∂f/∂A of each function, and carries the gradient on where that is wanted.</summary>
    /// <param name="height">Rows at a time.</param>
    /// <param name="visit">Gets a function's position, the first row's, and some rows of its n × n matrix.</param>
    /// <param name="gradient">Where ∂f/∂(queries, keys, values) are added, n × C × 3 × k of zeros; may be null.</param>
    public void Run(long height, Action<int, long, Tensor> visit, Tensor? gradient)
    {
        var count = _queries.shape[0];
        for (long first = 0; first < count; first += height)
        {
            using var rows = NewDisposeScope();
            var queries = _queries.narrow(0, first, Math.Min(height, count - first));
            var weights = (queries * _scale).matmul(_keys.t()).softmax(-1);                          // A
            var outputGradients = _outputGradients.narrow(0, first, queries.shape[0]);
            for (var function = 0; function < outputGradients.shape[1]; function++)
            {
                using var scope = NewDisposeScope();
                var outputGradient = outputGradients.select(1, function).contiguous();
                var weighted = outputGradient.matmul(_values.t()).mul_(weights);
                visit(function, first, weighted);
                if (gradient is not null)
                {
                    CarryOn(queries, weights, weighted, outputGradient, gradient.select(1, function), first);
                }
            }
        }
    }

    /// <summary>With E = A ⊙ ∂f/∂A the softmax's derivative is ∂f/∂(s Q Kᵀ) = E − A ⊙ (E 1): its factors are in E already.</summary>
    private void CarryOn(Tensor queries, Tensor weights, Tensor weighted, Tensor outputGradient, Tensor gradient, long first)
    {
        var scores = weighted.addcmul_(weights, weighted.sum(-1, keepdim: true), -1);
        gradient.narrow(0, first, queries.shape[0]).select(1, 0).add_(scores.matmul(_keys), _scale);
        gradient.select(1, 1).add_(scores.t().matmul(queries), _scale);
        gradient.select(1, 2).add_(weights.t().matmul(outputGradient));
    }
}
