using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.SceneModels;

/// <summary>What the scene model's training makes small.</summary>
internal static class SceneLoss
{
    /// <summary>Cross entropies with soft labels of the class, the pattern and the patches, weighted.</summary>
    /// <returns>The loss, a scalar, and the class logits.</returns>
    public static (Tensor Loss, Tensor Logits) Of(SceneNetwork network, SceneBatch batch, Tensor input, Tensor? kept, SceneTrainingOptions options)
    {
        var device = input.device;
        var (classes, patterns, patches) = network.All(input, kept);
        var patchTargets = batch.PatchTargets(device);
        patchTargets = kept is null ? patchTargets : patchTargets.index_select(1, kept);
        var loss = CrossEntropy(classes, batch.ClassTargets(device))
            + options.PatternWeight * CrossEntropy(patterns, batch.PatternTargets(device))
            + options.TokenWeight * CrossEntropy(patches, patchTargets);
        return (loss, classes);
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor targets) => -(targets * log_softmax(logits, -1)).sum(dim: -1).mean();
}
