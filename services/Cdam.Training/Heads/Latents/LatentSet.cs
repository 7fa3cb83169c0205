using Cdam.Training.Heads.Images;
using static TorchSharp.torch;

namespace Cdam.Training.Heads.Latents;

/// <summary>Latents with their classes, as tensors on the CPU.</summary>
internal sealed class LatentSet : IDisposable
{
    private LatentSet(Tensor latents, Tensor classes) => (Latents, Classes) = (latents, classes);

    /// <summary>N × d, float32.</summary>
    public Tensor Latents { get; }

    /// <summary>N, int64.</summary>
    public Tensor Classes { get; }

    /// <summary>N</summary>
    public int Count => (int)Classes.shape[0];

    /// <param name="latents">At least one row; all of one length.</param>
    /// <param name="images">What the rows are the latents of.</param>
    public static LatentSet Of(IReadOnlyList<float[]> latents, IEnumerable<LabelledImage> images)
    {
        var (dim, values) = (latents[0].Length, new float[latents.Count * (long)latents[0].Length]);
        for (var row = 0; row < latents.Count; row++)
        {
            latents[row].CopyTo(values, row * (long)dim);
        }

        // Cloned into torch's own memory, which is aligned: where an array lies would show in the last digits of products.
        using var rows = tensor(values, [latents.Count, dim]);
        return new LatentSet(Own(rows.clone()), Own(tensor(images.Select(image => (long)image.ClassIndex).ToArray())));
    }

    /// <summary>The rows at these places.</summary>
    public LatentSet At(IEnumerable<int> places)
    {
        using var indices = tensor(places.Select(place => (long)place).ToArray());
        return new LatentSet(Own(Latents.index_select(0, indices)), Own(Classes.index_select(0, indices)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Latents.Dispose();
        Classes.Dispose();
    }

    private static Tensor Own(Tensor tensor) => tensor.DetachFromDisposeScope();
}
