namespace Cdam.Training.Heads.Latents;

/// <summary>Batches of latents that were made once.</summary>
internal sealed class FixedBatches(LatentSet latents, BatchOrder order) : ILatentBatches
{
    /// <inheritdoc/>
    public int PerEpoch => order.PerEpoch;

    /// <inheritdoc/>
    public IEnumerable<LatentSet> Epoch(int epoch, int begin, CancellationToken cancellation)
    {
        foreach (var places in order.Epoch(epoch).Skip(begin))
        {
            cancellation.ThrowIfCancellationRequested();
            using var batch = latents.At(places);
            yield return batch;
        }
    }
}
