using Cdam.Attribution.Arithmetic;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.SceneModels;

/// <summary>
/// What the scene model's training makes small. With class labels alone a small transformer was still guessing after 25,000 scenes; which patches and pixels
/// the object covers, known exactly here, teach it outlines first.
/// </summary>
internal static class SceneLoss
{
    /// <summary>Cross entropies of class, pattern, patches (all with soft labels) and mask pixels, weighted.</summary>
    /// <returns>A scalar.</returns>
    public static Tensor Of(SceneLogits logits, SceneTensors targets, SceneTrainingOptions options) =>
        CrossEntropy(logits.Classes, targets.Classes)
            .Plus(CrossEntropy(logits.Patterns, targets.Patterns).Times(options.PatternWeight))
            .Plus(PatchCrossEntropy(logits.Patches, targets.Patches).Times(options.TokenWeight))
            .Plus(binary_cross_entropy_with_logits(logits.Masks, targets.Masks).Times(options.MaskWeight));

    /// <summary>
    /// Patches count as far as an object covers them: which those are is the mask head's task, and counting the many without would drown
    /// what their objects have to say.
    /// </summary>
    /// <param name="targets">B × P × classes, each row sums to the share of the patch that the object covers.</param>
    private static Tensor PatchCrossEntropy(Tensor logits, Tensor targets) => -(targets * log_softmax(logits, -1)).sum() / targets.sum().ClampMin(1);

    private static Tensor CrossEntropy(Tensor logits, Tensor targets) => -(targets * log_softmax(logits, -1)).sum(dim: -1).mean();
}
