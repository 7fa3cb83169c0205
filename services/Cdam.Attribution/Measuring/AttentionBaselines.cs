using Cdam.Attribution.Autograd;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Models;
using static TorchSharp.torch;

namespace Cdam.Attribution.Measuring;

/// <summary>The published way of the estimators that read attention and tokens, for one target.</summary>
internal sealed class AttentionBaselines(ExplainableModel model, ModelInput input)
{
    /// <summary>The rows.</summary>
    /// <param name="several">Targets of the row with several, whose published code runs anew for each.</param>
    public IReadOnlyList<MeasuredWork> Work(int several) =>
    [
        new("autograd-relevance-propagation", RelevancePropagation, IsSlow: true),
        new($"autograd-relevance-propagation-of-{several}", () => Repeat(RelevancePropagation, several), IsSlow: true),
        new("autograd-relevance-propagation-attention-only", AttentionOnlyRelevancePropagation, IsSlow: true),
        new("autograd-partial-lrp", PartialLrp, IsSlow: true),
        new("autograd-gradcam", GradCam, IsSlow: true),
        new("plain-token-ablation-of-a-patch", TokenAblation, IsSlow: true),
    ];

    private static void Repeat(Action work, int count)
    {
        for (var i = 0; i < count; i++)
        {
            work();
        }
    }

    /// <summary>As published: the backward pass fills the gradients of all weights, as a loss's does in training.</summary>
    private void RelevancePropagation()
    {
        using var scope = NewDisposeScope();
        var weights = model.Engine.Backbone.State.ToDictionary(entry => entry.Key, entry => entry.Value.detach().requires_grad_(true));
        using var trainable = new VisionTransformer(model.Backbone, weights);
        AutogradRelevance.ClassRow(new AutogradNetwork(trainable), Target(), Input(), [.. weights.Values]).cpu();
    }

    /// <summary>The least that automatic differentiation and whole matrices take: gradients of the attention alone.</summary>
    private void AttentionOnlyRelevancePropagation()
    {
        using var scope = NewDisposeScope();
        AutogradRelevance.ClassRow(new AutogradNetwork(model.Engine.Backbone), Target(), Input().requires_grad_(true)).cpu();
    }

    /// <summary>The rules on the whole final block; the published code goes on through all others, whose relevance it does not read.</summary>
    private void PartialLrp()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var network = new AutogradNetwork(model.Engine.Backbone);
        var x = network.BlockInput(Input());
        var tokens = network.AttentionInput(x);
        var relevance = Target().Relevance(network.Latent(x, tokens))[0];
        new AutogradPartialLrp(model.Engine.Backbone).ClassRow(x[0], tokens[0], relevance).cpu();
    }

    private void GradCam()
    {
        using var scope = NewDisposeScope();
        var network = new AutogradNetwork(model.Engine.Backbone);
        var image = Input().requires_grad_(true);
        var x = network.BlockInput(image);
        var tokens = network.AttentionInput(x);
        var prefix = model.Backbone.PrefixTokens;
        var gradient = network.TokenGradient(Target(), x, tokens, image)[0].narrow(0, prefix, tokens.shape[1] - prefix);
        tokens.detach()[0].matmul(gradient.mean([0])).relu().cpu();
    }

    private void TokenAblation()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var tokens = model.Engine.Backbone.Embed(Input());
        var last = tokens.narrow(1, 0, tokens.shape[1] - 1);
        Target().Values(new AutogradNetwork(model.Engine.Backbone).LatentOf(last)).cpu();
    }

    private Tensor Input() => model.Engine.InputTensor([input]);

    private TargetFunctions Target() => new(model.Engine.Head, [0], [], model.Engine.Device);
}
