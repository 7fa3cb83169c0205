using Cdam.Attribution.Backbones;
using Cdam.Scenes;
using Cdam.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.SceneModels;

/// <summary>
/// The backbone with four linear heads: the classes, on [CLS]; the surface's pattern, on [CLS], so that the latent tells what concepts
/// ask for; the label of each patch, and its pixels that belong to an object, on its own token. Only the first is shipped.
/// </summary>
internal sealed class SceneNetwork
{
    private const string BackbonePrefix = "backbone.";
    private readonly TrainableBackbone _backbone;

    /// <param name="config">The architecture.</param>
    /// <param name="weights">By the names that <see cref="Draw"/> gives. Not owned.</param>
    /// <param name="type">What products run in.</param>
    public SceneNetwork(BackboneConfig config, IReadOnlyDictionary<string, Tensor> weights, ScalarType type)
    {
        Weights = weights;
        var state = weights.Where(entry => entry.Key.StartsWith(BackbonePrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[BackbonePrefix.Length..], entry => entry.Value);
        _backbone = new TrainableBackbone(config, state, type);
    }

    /// <summary>All weights, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights { get; }

    /// <summary>Weights to start from; heads start at 0, as LayerNorm's output has unit scale.</summary>
    public static Dictionary<string, Tensor> Draw(BackboneConfig config, ulong seed, Device device)
    {
        var weights = FreshBackbone.Draw(config, seed).ToDictionary(entry => BackbonePrefix + entry.Key, entry => entry.Value);
        AddHead("head", SceneGenerator.ClassNames.Count);
        AddHead("pattern", SceneBatch.PatternLabels);
        AddHead("patch", SceneGenerator.ClassNames.Count);
        AddHead("mask", config.Patch * config.Patch);
        return weights.ToDictionary(entry => entry.Key, Tensor (entry) => new Parameter(entry.Value.to(device), true));

        void AddHead(string name, int outputs)
        {
            weights[$"{name}.weight"] = zeros(outputs, config.Dim);
            weights[$"{name}.bias"] = zeros(outputs);
        }
    }

    /// <summary>Class logits, B × classes.</summary>
    public Tensor Logits(Tensor input) => Head("head", _backbone.Tokens(input).select(1, 0));

    /// <summary>Every head's logits.</summary>
    /// <param name="input">B × 3 × side × side, normalised.</param>
    public SceneLogits All(Tensor input)
    {
        var tokens = _backbone.Tokens(input);
        var (latent, patches) = (tokens.select(1, 0), tokens.narrow(1, 1, tokens.shape[1] - 1));
        return new SceneLogits(Head("head", latent), Head("pattern", latent), Head("patch", patches), Head("mask", patches));
    }

    private Tensor Head(string name, Tensor latent) => linear(latent, Weights[$"{name}.weight"], Weights[$"{name}.bias"]);
}
