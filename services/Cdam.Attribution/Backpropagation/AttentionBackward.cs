using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>
/// The derivative of O_h = A_h V_h, A_h = softmax(s Q_h K_hᵀ), head by head, so that one matrix of at most n × n is held at a time and
/// stays in the cache; A is computed anew from the queries and keys instead of being kept. Shapes: n tokens, H heads, k = d / H,
/// C functions.
/// </summary>
/// <param name="heads">H</param>
/// <param name="height">Rows of A held at a time, at least 1.</param>
internal sealed class AttentionBackward(int heads, long height)
{
    /// <summary>Shows A ⊙ ∂f/∂A of each head and function.</summary>
    /// <param name="qkv">n × 3d</param>
    /// <param name="mixedGradient">∂f/∂O, the heads side by side, n × C × d.</param>
    /// <param name="visit">Gets a function's position, the first row's, and rows × n values, which it may read until it returns.</param>
    public void Visit(Tensor qkv, Tensor mixedGradient, Action<int, long, Tensor> visit) => Run(qkv, mixedGradient, visit, null);

    /// <summary>The same, and carries the gradient on.</summary>
    /// <returns>∂f/∂(queries, keys, values), side by side, n × C × 3d.</returns>
    public Tensor Backward(Tensor qkv, Tensor mixedGradient, Action<int, long, Tensor> visit)
    {
        var (count, functions, dim) = (mixedGradient.shape[0], mixedGradient.shape[1], mixedGradient.shape[2]);
        var gradient = zeros([count, functions, 3, heads, dim / heads], device: qkv.device);
        Run(qkv, mixedGradient, visit, gradient);
        return gradient.view(count, functions, 3 * dim);
    }

    private void Run(Tensor qkv, Tensor mixedGradient, Action<int, long, Tensor> visit, Tensor? gradient)
    {
        var (count, functions, width) = (qkv.shape[0], mixedGradient.shape[1], qkv.shape[1] / (3 * heads));
        var parts = qkv.view(count, 3, heads, width);
        var outputs = mixedGradient.view(count, functions, heads, width);
        for (var head = 0; head < heads; head++)
        {
            using var scope = NewDisposeScope();
            new AttentionHead(parts.select(2, head), outputs.select(2, head)).Run(height, visit, gradient?.select(3, head));
        }
    }
}
