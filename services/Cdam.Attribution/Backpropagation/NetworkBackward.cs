using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Backpropagation;

/// <summary>
/// The derivative of C functions of the latent with respect to the attention of every block, in one pass from the last to the
/// first: the final block in closed form, the others by hand. The attention itself and its gradients are never all held.
/// </summary>
internal sealed class NetworkBackward
{
    private readonly ImageState _image;
    private readonly Tensor _residualGradient;               // g, 1 × C × d
    private readonly Tensor _headGradient;                   // p, 1 × C × d

    /// <param name="image">With a trace of its forward pass.</param>
    /// <param name="latentGradients">∂f/∂l, 1 × C × d.</param>
    public NetworkBackward(ImageState image, Tensor latentGradients)
    {
        _image = image;
        _residualGradient = image.Block.Tail.Backward(image.ClassToken, latentGradients);
        _headGradient = image.Block.HeadGradient(_residualGradient);
    }

    /// <summary>Bytes that one function takes at the height of a pass over a network of this size.</summary>
    public static long BytesOf(ImageState image) =>
        4L * image.Grid.Tokens * (10L * image.Backbone.Config.Dim + 2L * image.Backbone.Config.Mlp);

    /// <summary>A ⊙ ∂f/∂A of the final block, of which only the row of [CLS] is not 0.</summary>
    /// <returns>C × H × n</returns>
    public Tensor FinalAttention() =>
        (_image.Attention.Weights.unsqueeze(1) * _image.Block.AttentionGradient(_image.Tokens, _headGradient))[0];

    /// <summary>Goes through the blocks before the final one, the last of them first.</summary>
    /// <param name="visit">Is shown A ⊙ ∂f/∂A of a block, a tile after another.</param>
    /// <param name="blockDone">Called after all tiles of a block.</param>
    public void Visit(Action<AttentionTile> visit, Action blockDone)
    {
        using var scope = NewDisposeScope();
        var gradient = AtBlockInput();
        _image.Backbone.Passes.AddBackward(_headGradient.shape[1]);
        var blocks = _image.Trace!.Blocks;
        for (var index = blocks.Count - 1; index >= 0; index--)
        {
            using var block = NewDisposeScope();
            var backward = _image.Backbone.Backward(index, _image.SampleBytes);
            var trace = blocks[index].Single();
            if (index == 0)
            {
                backward.Visit(trace, gradient, visit);
            }
            else
            {
                var before = backward.Backward(trace, gradient, visit).MoveToOuterDisposeScope();
                gradient.Dispose();
                gradient = before;
            }

            blockDone();
        }
    }

    /// <summary>∂f/∂X: through the attention's tokens T = norm1(X), and past the attention for [CLS]. n × C × d.</summary>
    private Tensor AtBlockInput()
    {
        using var scope = NewDisposeScope();
        var tokens = new TokenScores(_image.Block, _image.Tokens, _image.Attention, _headGradient).Gradients()[0];   // C × n × d
        var block = _image.Block;
        var gradient = LayerNormRow.Of(_image.BlockInput[0], block.Norm1Weight, block.Norm1Bias, block.Epsilon)
            .Backward(tokens.transpose(0, 1).contiguous(), block.Norm1Weight);
        gradient.select(0, 0).AddInPlace(_residualGradient[0]);
        return gradient.MoveToOuterDisposeScope();
    }
}
