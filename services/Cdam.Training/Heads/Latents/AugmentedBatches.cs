using Cdam.Attribution.Preprocessing;
using Cdam.Randomness;
using Cdam.Training.Heads.Images;

namespace Cdam.Training.Heads.Latents;

/// <summary>Batches of latents of random crops, which are new in each epoch and so go through the backbone each time.</summary>
internal sealed class AugmentedBatches(IReadOnlyList<LabelledImage> images, FrozenBackbone backbone, BatchOrder order, ulong seed)
    : ILatentBatches
{
    private const ulong Key = 0x43524F50;
    private readonly Augmentation _augmentation = new(backbone.Side, backbone.Manifest.Preprocessing.Kernel);

    /// <inheritdoc/>
    public int PerEpoch => order.PerEpoch;

    /// <inheritdoc/>
    public IEnumerable<LatentSet> Epoch(int epoch, int begin, CancellationToken cancellation)
    {
        var batches = order.Epoch(epoch).Skip(begin).ToList();
        var parts = batches.SelectMany(batch => batch.Chunk(backbone.AtOnce)).Select(part => (Func<PixelImage[]>)(() => Load(part, epoch)));
        using var pictures = Prefetch.Ahead(parts).GetEnumerator();
        foreach (var places in batches)
        {
            var latents = new List<float[]>();
            while (latents.Count < places.Length)
            {
                cancellation.ThrowIfCancellationRequested();
                pictures.MoveNext();
                latents.AddRange(backbone.Latents(pictures.Current));
            }

            using var batch = LatentSet.Of(latents, places.Select(place => images[place]));
            yield return batch;
        }
    }

    /// <summary>An image's crop is a function of seed, epoch and its place, so that a training that goes on draws the same.</summary>
    private PixelImage[] Load(int[] places, int epoch) => ImageFiles.Load(
        [.. places.Select(place => images[place])],
        (picture, index) => _augmentation.Apply(picture, new RandomStream(seed ^ Key ^ ((ulong)epoch + 1) << 40, (uint)places[index])));
}
