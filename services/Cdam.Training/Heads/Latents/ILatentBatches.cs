namespace Cdam.Training.Heads.Latents;

/// <summary>What a head is trained on, step by step.</summary>
internal interface ILatentBatches
{
    /// <summary>Batches of an epoch.</summary>
    int PerEpoch { get; }

    /// <summary>An epoch from a batch on; the same whatever went before. Each batch is valid until the next is asked for.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="begin">Batches to leave out.</param>
    IEnumerable<LatentSet> Epoch(int epoch, int begin, CancellationToken cancellation);
}
