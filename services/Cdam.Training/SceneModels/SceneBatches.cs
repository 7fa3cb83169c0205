using Cdam.Randomness;
using Cdam.Scenes;

namespace Cdam.Training.SceneModels;

/// <summary>
/// Goes through a pool in random order, flipping scenes and pasting pieces of others into them along patch borders (CutMix, Yun et al.
/// 2019), so that every patch keeps an exact label (token labelling, Jiang et al. 2021).
/// </summary>
/// <param name="pool">Where scenes come from.</param>
/// <param name="batchSize">Scenes of a batch; what does not fill one is left out of the epoch.</param>
/// <param name="cutMix">Probability that a scene is mixed.</param>
internal sealed class SceneBatches(ScenePool pool, int batchSize, double cutMix)
{
    /// <summary>Below this share of an object in sight, the label would be a guess.</summary>
    private const float LeastSeen = 0.3f;

    private readonly int _across = pool.Side / pool.Patch;

    /// <summary>Batches of one epoch.</summary>
    public int PerEpoch => pool.Count / batchSize;

    /// <summary>
    /// One epoch. Each scene's flip and piece come from a stream of its own, so that a batch is filled on all processors and an epoch may
    /// begin anywhere; a batch is filled while the one before it is learnt from.
    /// </summary>
    /// <param name="seed">Of order, flips and pieces.</param>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="begin">Its first batch.</param>
    /// <param name="easing">
    /// By the batch's number: from 1, all scenes bare silhouettes, to −1, all scenes as they are; between, each is faded by a share of its
    /// own, easing plus a number from 0 to 1.
    /// </param>
    public IEnumerable<SceneBatch> Epoch(ulong seed, int epoch, int begin, Func<int, double> easing)
    {
        var key = seed ^ 0x45504F43 ^ ((ulong)epoch << 32);
        var order = Enumerable.Range(0, pool.Count).ToArray();
        new RandomStream(key, uint.MaxValue).Shuffle<int>(order);
        Task<SceneBatch>? next = null;
        for (var batch = begin; batch < PerEpoch; batch++)
        {
            var ready = next ?? Filling(batch);
            next = batch + 1 < PerEpoch ? Filling(batch + 1) : null;
            yield return ready.GetAwaiter().GetResult();
        }

        Task<SceneBatch> Filling(int number) => Task.Run(() => Fill(order.AsMemory(number * batchSize, batchSize), key, number, easing(number)));
    }

    private SceneBatch Fill(ReadOnlyMemory<int> scenes, ulong key, int number, double easing)
    {
        var batch = new SceneBatch(batchSize, pool.Side, _across);
        Parallel.For(0, batchSize, place =>
            Fill(batch, place, scenes.Span[place], new RandomStream(key, (uint)(number * batchSize + place)), easing));
        return batch;
    }

    private void Fill(SceneBatch batch, int place, int index, RandomStream random, double easing)
    {
        var fading = Math.Clamp(easing + random.Uniform(), 0, 1);
        var own = new PooledScene(pool, index, random.Chance(0.5), fading);
        var guest = new PooledScene(pool, random.Index(pool.Count), random.Chance(0.5), fading);
        var box = random.Chance(cutMix) ? PatchBox.Draw(_across, random) : default;
        var (ownSeen, guestSeen) = (1 - own.SeenIn(box), guest.SeenIn(box));
        if (ownSeen + guestSeen < LeastSeen)
        {
            (box, ownSeen, guestSeen) = (default, 1, 0);
        }

        var pixels = pool.Side * pool.Side;
        for (var patch = 0; patch < _across * _across; patch++)
        {
            var source = box.Contains(patch / _across, patch % _across) ? guest : own;
            source.CopyPixels(patch, batch.Pictures.AsSpan(place * pixels * 3), batch.Masks.AsSpan(place * pixels));
            source.Label(patch, batch.Patches.AsSpan((place * _across * _across + patch) * SceneGenerator.ClassNames.Count));
        }

        own.Label(batch, place, ownSeen / (ownSeen + guestSeen));
        guest.Label(batch, place, guestSeen / (ownSeen + guestSeen));
    }
}
