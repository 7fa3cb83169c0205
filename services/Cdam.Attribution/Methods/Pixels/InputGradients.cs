using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Pixels;

/// <summary>
/// ∂f/∂input of every target. One forward pass keeps a graph up to T, the tokens fed to the final attention, and serves all targets;
/// the final block gives ∂f/∂T in closed form, so that of it only [CLS] is computed; one backward pass a target carries that to the
/// pixels, without gradients of weights.
/// </summary>
internal sealed class InputGradients(ImageState image)
{
    private const double Smallest = 1e-30;

    /// <summary>
    /// Bytes that one sample's graph keeps at its height. A block keeps what enters its norms, qkv, the attention's result and the
    /// MLP's hidden layer; the block at work has about two hidden layers more.
    /// </summary>
    public long SampleBytes
    {
        get
        {
            var config = image.Backbone.Config;
            long kept = 6L * config.Dim + config.Mlp, working = 4L * config.Dim + 2L * config.Mlp;
            var values = image.Grid.Tokens * ((config.Depth - 1) * kept + working) + 4 * image.Input.numel();
            return values * image.Input.element_size();
        }
    }

    /// <summary>The gradients at the image itself, C × 3 × H × W, float32. Makes use of the graph that the prediction kept, if it did.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public Tensor AtImage()
    {
        using var scope = NewDisposeScope();
        var graph = image.Graph ?? InputGraph.Of(image.Backbone, image.Input);
        return Backward(graph, image.Tokens, image.Attention, image.ClassToken).MoveToOuterDisposeScope();
    }

    /// <summary>The gradients at some samples, added up.</summary>
    /// <param name="samples">S × 3 × H × W, in the backbone's type.</param>
    /// <returns>Σ over S of ∂f/∂input, C × 3 × H × W, float32.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public Tensor Sum(Tensor samples)
    {
        using var scope = NewDisposeScope();
        var graph = InputGraph.Of(image.Backbone, samples);
        var tokens = new DenseTokens(graph.AttentionInput.detach());
        var attention = image.Block.Attend(tokens);
        var state = image.Block.Finish(attention, graph.ClassToken.detach());
        return Backward(graph, tokens, attention, state).MoveToOuterDisposeScope();
    }

    private Tensor Backward(InputGraph graph, ITokens tokens, ClassAttention attention, ClassTokenState state)
    {
        var sums = new Tensor[image.Targets.Count];
        for (var target = 0; target < sums.Length; target++)
        {
            image.ThrowIfCancelled();
            using var scope = NewDisposeScope();
            var (toTokens, toResidual) = image.Scorer.Gradients(tokens, attention, state, target);
            var scale = Scale(toTokens, toResidual);
            var isLast = target == sums.Length - 1 && graph != image.Graph;
            graph.Input.grad = null;    // Targets would add up.
            image.Backbone.Passes.AddBackward(graph.Input.shape[0]);

            // Not autograd.grad: TorchSharp lets no failure of that one out, and a lack of memory would end the process.
            autograd.backward(
                [graph.AttentionInput, graph.ClassToken], [toTokens / scale, toResidual / scale.squeeze(-1)], retain_graph: !isLast, inputs: [graph.Input]);
            sums[target] = (graph.Input.grad!.to_type(ScalarType.Float32) * scale.unsqueeze(-1)).sum(dim: 0).MoveToOuterDisposeScope();
        }

        return stack(sums);
    }

    /// <summary>
    /// What each sample's gradient is divided by on its way: float16 ends at 6e-8, where gradients of pixels begin. Its largest value,
    /// rounded to a power of two, so that dividing and multiplying change no bit.
    /// </summary>
    private static Tensor Scale(Tensor toTokens, Tensor toResidual) =>
        maximum(toTokens.abs().amax([1, 2]), toResidual.abs().amax([1])).ClampMin(Smallest).log2().round().exp2().view(-1, 1, 1);    // S × 1 × 1
}
