using Cdam.Randomness;
using Cdam.Training.LungModels.Tasks;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels.Slices;

/// <summary>Goes through the training part in random order, one random view of each nodule.</summary>
internal sealed class LungBatches(IReadOnlyList<LungNodule> nodules, ILungTask task, SliceTensors slices, int batchSize, Device device)
{
    /// <summary>One epoch, whose last batch may be smaller; the same stream gives the same batches. Each is for the caller to dispose of.</summary>
    /// <returns>Input, B × 3 × side × side, and targets, B × outputs.</returns>
    public IEnumerable<(Tensor Input, Tensor Targets)> Epoch(RandomStream random)
    {
        var order = nodules.ToArray();
        random.Shuffle<LungNodule>(order);
        foreach (var batch in order.Chunk(batchSize))
        {
            var input = slices.Of([.. batch.Select(nodule => TrainingView.Draw(random).Of(nodule.Crop))]);
            var targets = tensor([.. batch.SelectMany(task.Target)], [batch.Length, task.Outputs.Count], device: device);
            yield return (input, targets);
        }
    }
}
