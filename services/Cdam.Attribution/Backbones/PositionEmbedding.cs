using static TorchSharp.torch;

namespace Cdam.Attribution.Backbones;

/// <summary>
/// A learned positional embedding, resized bicubically to any grid. Resizing is separable, so each axis is one small matrix;
/// results are kept per grid. Same conventions as torch's <c>interpolate(mode="bicubic", align_corners=False)</c>.
/// </summary>
internal sealed class PositionEmbedding(Tensor embedding, BackboneConfig config) : IDisposable
{
    private readonly Dictionary<(int Rows, int Columns), Tensor> _resized = [];

    /// <summary>The embedding of [CLS] followed by the patches', 1 × (1 + rows·columns) × d. Owned by this object.</summary>
    public Tensor For(int rows, int columns)
    {
        var side = config.Image / config.Patch;
        if (rows == side && columns == side)
        {
            return embedding;
        }

        if (!_resized.TryGetValue((rows, columns), out var resized))
        {
            using var scope = NewDisposeScope();
            resized = _resized[(rows, columns)] = Resize(side, rows, columns).DetachFromDisposeScope();
        }

        return resized;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _resized.Values)
        {
            tensor.Dispose();
        }

        _resized.Clear();
    }

    private Tensor Resize(int side, int rows, int columns)
    {
        var patches = embedding.slice(1, 1, embedding.shape[1], 1).to_type(ScalarType.Float32).view(side, side, config.Dim);
        var down = Weights(side, rows);                                            // rows × side
        var across = Weights(side, columns);                                       // columns × side
        var tall = down.matmul(patches.reshape(side, -1)).view(rows, side, -1);    // rows × side × d
        var wide = across.matmul(tall).reshape(1, (long)rows * columns, -1);       // 1 × rows·columns × d
        return cat([embedding.slice(1, 0, 1, 1), wide.to(embedding.dtype)], 1);
    }

    private Tensor Weights(int from, int to)
    {
        var mode = config.Positions ?? config.Naming switch
        {
            BackboneNaming.Dino => PositionResampling.Offset,
            BackboneNaming.DinoV2 => PositionResampling.Antialiased,
            _ => PositionResampling.Exact,
        };
        var matrix = mode switch
        {
            PositionResampling.Antialiased => CubicKernel.Antialiased(from, to),
            PositionResampling.Offset => CubicKernel.Interpolating(from, to, (to + 0.1) / from),
            _ => CubicKernel.Interpolating(from, to, (double)to / from),
        };
        return tensor(matrix, to, from, device: embedding.device);
    }
}
