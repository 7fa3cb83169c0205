using Cdam.Training.LungModels.Slices;
using Cdam.Training.LungModels.Tasks;
using static TorchSharp.torch;

namespace Cdam.Training.LungModels;

/// <summary>What a network says of nodules: the mean over the central slices of the three views, as it is served.</summary>
internal sealed class LungEvaluation(IReadOnlyList<LungNodule> nodules, ILungTask task, SliceTensors slices, Device device)
{
    private const int Views = 3;
    private const int BatchSize = 16;

    /// <returns>Of each nodule, an answer for each output.</returns>
    public IReadOnlyList<float[]> Outputs(LungNetwork network)
    {
        using var noGradient = no_grad();
        var outputs = new List<float[]>();
        foreach (var batch in nodules.Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            var answers = network.Outputs(slices.Central([.. batch.Select(nodule => nodule.Crop)]));
            var means = answers.view(batch.Length, Views, task.Outputs.Count).mean([1]).cpu().data<float>().ToArray();
            outputs.AddRange(means.Chunk(task.Outputs.Count));
        }

        return outputs;
    }

    /// <summary>The mean loss of answers.</summary>
    public double Loss(IReadOnlyList<float[]> outputs)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return task.Loss(Stack(outputs), Stack([.. nodules.Select(task.Target)])).item<float>();
    }

    private Tensor Stack(IReadOnlyList<float[]> rows) => tensor([.. rows.SelectMany(row => row)], [rows.Count, task.Outputs.Count], device: device);
}
