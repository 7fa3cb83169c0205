using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.ClosedForm;

/// <summary>
/// The latent of the zero input, the baseline that paths to an image begin at. It depends on nothing but the weights and the size,
/// so each size costs one forward pass in a model's life.
/// </summary>
internal sealed class BaselineLatents : IDisposable
{
    private readonly Dictionary<(long Height, long Width), Tensor> _latents = [];

    /// <param name="backbone">The network.</param>
    /// <param name="input">Of the size and type in question; its values are not read.</param>
    /// <returns>1 × d. Owned by this object.</returns>
    public Tensor For(VisionTransformer backbone, Tensor input)
    {
        var size = (input.shape[2], input.shape[3]);
        if (!_latents.TryGetValue(size, out var latent))
        {
            using var scope = NewDisposeScope();
            latent = _latents[size] = Latent(backbone, input).DetachFromDisposeScope();
        }

        return latent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var latent in _latents.Values)
        {
            latent.Dispose();
        }

        _latents.Clear();
    }

    private static Tensor Latent(VisionTransformer backbone, Tensor input)
    {
        var x = backbone.BlockInput(zeros_like(input.narrow(0, 0, 1))).to_type(ScalarType.Float32);
        var attention = backbone.Final.Attend(new DenseTokens(backbone.Final.Norm1(x)));
        return backbone.Final.Finish(attention, x.select(1, 0)).Latent;
    }
}
