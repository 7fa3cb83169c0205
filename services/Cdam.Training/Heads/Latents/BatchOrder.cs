using Cdam.Randomness;

namespace Cdam.Training.Heads.Latents;

/// <summary>In which order and which batches an epoch goes through images.</summary>
/// <param name="count">Images, at least 1.</param>
/// <param name="batchSize">Images of a batch; the last one takes what is left.</param>
/// <param name="seed">Of the orders.</param>
internal sealed class BatchOrder(int count, int batchSize, ulong seed)
{
    private const ulong Key = 0x4F52444552;

    /// <summary>Batches of an epoch.</summary>
    public int PerEpoch => (count + batchSize - 1) / batchSize;

    /// <summary>Each image's place once, in random order.</summary>
    /// <param name="epoch">From 0; each has an order of its own.</param>
    public IEnumerable<int[]> Epoch(int epoch)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new RandomStream(seed ^ Key, (uint)epoch).Shuffle<int>(order);
        return order.Chunk(batchSize);
    }
}
