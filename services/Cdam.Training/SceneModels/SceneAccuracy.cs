using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Share of a pool's scenes that a network names right.</summary>
/// <param name="pool">The scenes.</param>
/// <param name="shrink">How many times smaller the pictures' sides are made.</param>
/// <param name="device">Where the network is.</param>
internal sealed class SceneAccuracy(ScenePool pool, int shrink, Device device)
{
    private const int BatchSize = 64;

    /// <returns>0 to 1 for each class; NaN for one without scenes.</returns>
    public double[] ByClass(SceneNetwork network, int classes)
    {
        var (right, all) = (new int[classes], new int[classes]);
        foreach (var (answer, truth) in Answers(network).Zip(pool.Classes))
        {
            all[truth]++;
            right[truth] += answer == truth ? 1 : 0;
        }

        return [.. right.Zip(all, (hits, scenes) => (double)hits / scenes)];
    }

    /// <returns>0 to 1</returns>
    public double Of(SceneNetwork network) => Answers(network).Zip(pool.Classes).Count(pair => pair.First == pair.Second) / (double)pool.Count;

    private IEnumerable<long> Answers(SceneNetwork network) => pool.Pictures.Chunk(BatchSize).SelectMany(pictures =>
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var input = SceneInput.Of([.. pictures.SelectMany(picture => picture)], pictures.Length, pool.Side, shrink, device);
        return network.Logits(input).argmax(1).data<long>().ToArray();
    });
}
