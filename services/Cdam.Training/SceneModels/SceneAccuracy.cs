using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Share of a pool's scenes that a network names right.</summary>
internal static class SceneAccuracy
{
    private const int BatchSize = 64;

    /// <returns>0 to 1 for each class; NaN for one without scenes.</returns>
    public static double[] ByClass(SceneNetwork network, ScenePool pool, Device device, int classes)
    {
        var (right, all) = (new int[classes], new int[classes]);
        foreach (var indices in Enumerable.Range(0, pool.Count).Chunk(BatchSize))
        {
            foreach (var (answer, index) in Answers(network, pool, indices, device).Zip(indices))
            {
                all[pool.Classes[index]]++;
                right[pool.Classes[index]] += answer == pool.Classes[index] ? 1 : 0;
            }
        }

        return [.. right.Zip(all, (hits, scenes) => (double)hits / scenes)];
    }

    /// <returns>0 to 1</returns>
    public static double Of(SceneNetwork network, ScenePool pool, Device device) => Enumerable.Range(0, pool.Count).Chunk(BatchSize)
        .Sum(indices => Answers(network, pool, indices, device).Zip(indices).Count(pair => pair.First == pool.Classes[pair.Second])) / (double)pool.Count;

    private static long[] Answers(SceneNetwork network, ScenePool pool, int[] indices, Device device)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var pictures = indices.SelectMany(index => pool.Pictures[index]).ToArray();
        return network.Logits(SceneInput.Of(pictures, indices.Length, pool.Side, device)).argmax(1).data<long>().ToArray();
    }
}
