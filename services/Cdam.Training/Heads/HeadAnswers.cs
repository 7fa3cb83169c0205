using Cdam.Training.Heads.Latents;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.Heads;

/// <summary>What a head says of a set.</summary>
/// <param name="Loss">Mean cross entropy, in nats.</param>
/// <param name="Accuracy">Share named right, 0 to 1.</param>
/// <param name="AccuracyByClass">The same for each class; NaN for one without images.</param>
internal sealed record HeadAnswers(double Loss, double Accuracy, IReadOnlyList<double> AccuracyByClass)
{
    /// <param name="weights"><c>weight</c> and <c>bias</c>.</param>
    public static HeadAnswers Of(IReadOnlyDictionary<string, Tensor> weights, LatentSet set)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var logits = linear(set.Latents, weights["weight"], weights["bias"]);
        var loss = cross_entropy(logits, set.Classes).item<float>();
        var (right, all) = (new int[logits.shape[1]], new int[logits.shape[1]]);
        foreach (var (answer, truth) in logits.argmax(1).data<long>().ToArray().Zip(set.Classes.data<long>().ToArray()))
        {
            all[truth]++;
            right[truth] += answer == truth ? 1 : 0;
        }

        return new HeadAnswers(loss, (double)right.Sum() / set.Count, [.. right.Zip(all, (hits, images) => (double)hits / images)]);
    }
}
