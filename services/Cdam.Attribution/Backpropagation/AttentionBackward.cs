using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>
/// The derivative of O_h = A_h V_h, A_h = softmax(s Q_h K_hᵀ), tile by tile: A is computed anew from the queries and keys instead of
/// being kept. Shapes: n tokens, H heads, k = d / H, C functions; of a tile: c functions, h heads, r rows.
/// </summary>
internal sealed class AttentionBackward
{
    private readonly AttentionTiles _tiles;
    private readonly Tensor _queries, _keys, _values;        // H × n × k, s Q in the queries' place
    private readonly Tensor _outputGradient;                 // C × H × n × k
    private readonly double _scale;
    private readonly Action<AttentionTile> _visit;

    /// <param name="qkv">n × 3d</param>
    /// <param name="heads">H</param>
    /// <param name="outputGradient">∂f/∂O, the heads side by side, n × C × d.</param>
    /// <param name="tileBytes">That the matrices of a tile may take.</param>
    /// <param name="visit">Is shown each tile.</param>
    public AttentionBackward(Tensor qkv, int heads, Tensor outputGradient, long tileBytes, Action<AttentionTile> visit)
    {
        var (tokens, functions, width) = (outputGradient.shape[0], outputGradient.shape[1], outputGradient.shape[2] / heads);
        _tiles = AttentionTiles.Of(tileBytes, functions, heads, tokens);
        _scale = 1 / Math.Sqrt(width);
        var parts = qkv.view(tokens, 3, heads, width).permute(1, 2, 0, 3).contiguous();
        (_queries, _keys, _values) = (parts[0].Times(_scale), parts[1], parts[2]);
        _outputGradient = outputGradient.view(tokens, functions, heads, width).permute(1, 2, 0, 3).contiguous();
        _visit = visit;
    }

    /// <summary>Shows A ⊙ ∂f/∂A.</summary>
    public void Visit() => Run(null);

    /// <summary>The same, and carries the gradient on.</summary>
    /// <returns>∂f/∂(queries, keys, values), side by side, n × C × 3d.</returns>
    public Tensor Backward()
    {
        var (functions, heads, tokens, width) = (_outputGradient.shape[0], _outputGradient.shape[1], _outputGradient.shape[2], _outputGradient.shape[3]);
        var gradient = zeros([3, functions, heads, tokens, width], device: _outputGradient.device);
        Run(gradient);
        return gradient.permute(3, 1, 0, 2, 4).reshape(tokens, functions, 3 * heads * width);
    }

    private void Run(Tensor? gradient)
    {
        var (functions, heads, tokens) = (_outputGradient.shape[0], _outputGradient.shape[1], _outputGradient.shape[2]);
        foreach (var (firstHead, headCount) in Parts(heads, _tiles.Heads))
        {
            using var scope = NewDisposeScope();
            var keys = _keys.narrow(0, firstHead, headCount).transpose(-2, -1);
            foreach (var (firstRow, rowCount) in Parts(tokens, _tiles.Rows))
            {
                using var rows = NewDisposeScope();
                var weights = _queries.narrow(0, firstHead, headCount).narrow(1, firstRow, rowCount).matmul(keys).softmax(-1);  // A, h × r × n
                foreach (var (firstFunction, functionCount) in Parts(functions, _tiles.Functions))
                {
                    using var tile = NewDisposeScope();
                    Run(weights, firstHead, firstRow, firstFunction, functionCount, gradient);
                }
            }
        }
    }

    private void Run(Tensor weights, long head, long row, long function, long functions, Tensor? gradient)
    {
        var (heads, rows) = (weights.shape[0], weights.shape[1]);
        var outputGradient = _outputGradient.narrow(0, function, functions).narrow(1, head, heads).narrow(2, row, rows);    // c × h × r × k
        var weighted = outputGradient.matmul(_values.narrow(0, head, heads).transpose(-2, -1)).mul_(weights);
        _visit(new AttentionTile(function, row, weighted));
        if (gradient is null)
        {
            return;
        }

        // With E = A ⊙ ∂f/∂A the softmax's derivative is ∂f/∂(s Q Kᵀ) = E − A ⊙ (E 1): its factors are in E already.
        var scores = weighted.AddProductInPlace(weights, weighted.sum(-1, keepdim: true), -1);
        var part = gradient.narrow(1, function, functions).narrow(2, head, heads);                                          // 3 × c × h × n × k
        part[0].narrow(2, row, rows).AddInPlace(scores.matmul(_keys.narrow(0, head, heads)), _scale);
        part[1].AddInPlace(scores.transpose(-2, -1).matmul(_queries.narrow(0, head, heads).narrow(1, row, rows)));
        part[2].AddInPlace(WeightedSum(weights, outputGradient));
    }

    /// <summary>Aᵀ ∂f/∂O with the functions side by side, so that A need not be repeated for each. c × h × n × k.</summary>
    private static Tensor WeightedSum(Tensor weights, Tensor outputGradient)
    {
        var (functions, heads, rows, width) = (outputGradient.shape[0], outputGradient.shape[1], outputGradient.shape[2], outputGradient.shape[3]);
        var together = outputGradient.permute(1, 2, 0, 3).reshape(heads, rows, functions * width);
        return weights.transpose(-2, -1).matmul(together).view(heads, -1, functions, width).permute(2, 0, 1, 3);
    }

    private static IEnumerable<(long First, long Count)> Parts(long count, long size)
    {
        for (long first = 0; first < count; first += size)
        {
            yield return (first, Math.Min(size, count - first));
        }
    }
}
