using Cdam.Attribution.Backbones;
using Cdam.Randomness;
using Cdam.Training.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cdam.Training.LungModels;

/// <summary>The backbone with a head on [CLS]: one linear layer, or linear, ReLU, linear.</summary>
internal sealed class LungNetwork
{
    /// <summary>What the names of the backbone's tensors start with.</summary>
    public const string BackbonePrefix = "backbone.";

    /// <summary>What the names of the head's tensors start with.</summary>
    public const string HeadPrefix = "head.";

    private readonly IReadOnlyDictionary<string, Tensor> _weights;
    private readonly TrainableBackbone _backbone;

    /// <param name="config">The architecture.</param>
    /// <param name="weights">By the names of <see cref="Names"/>, float32. Not owned.</param>
    /// <param name="type">What the backbone's products run in.</param>
    public LungNetwork(BackboneConfig config, IReadOnlyDictionary<string, Tensor> weights, ScalarType type)
    {
        _weights = weights;
        var state = weights.Where(entry => entry.Key.StartsWith(BackbonePrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[BackbonePrefix.Length..], entry => entry.Value);
        _backbone = new TrainableBackbone(config, state, type);
    }

    /// <summary>All tensors in the order of the parameters, the head's last.</summary>
    public static IReadOnlyList<string> Names(BackboneConfig config, int hidden) =>
        [.. ParameterOrder.Of(config).Select(name => BackbonePrefix + name), .. HeadShapes(config.Dim, hidden, 1).Select(entry => entry.Name)];

    /// <summary>A head to start from, drawn as linear layers usually are: uniform within 1/√inputs of 0 (PyTorch's default).</summary>
    /// <param name="dim">Width of the latent.</param>
    /// <param name="hidden">Width of the hidden layer; 0 for none.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="random">What it is drawn from.</param>
    public static Dictionary<string, Tensor> DrawHead(int dim, int hidden, int outputs, RandomStream random) =>
        HeadShapes(dim, hidden, outputs).ToDictionary(entry => entry.Name, entry =>
        {
            var bound = 1 / Math.Sqrt(entry.Inputs);
            var values = new float[entry.Shape.Aggregate(1L, (product, extent) => product * extent)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)random.Uniform(-bound, bound);
            }

            return tensor(values, entry.Shape);
        });

    /// <summary>Answers for slices.</summary>
    /// <param name="input">B × 3 × side × side, normalised.</param>
    /// <param name="drop">What is dropped while training; null drops nothing.</param>
    /// <returns>B × outputs</returns>
    public Tensor Outputs(Tensor input, Dropping? drop = null)
    {
        var latent = _backbone.Tokens(input, drop).select(1, 0);
        return _weights.ContainsKey($"{HeadPrefix}weight")
            ? Layer("", latent)
            : Layer("2.", Layer("0.", latent).relu());
    }

    private static List<(string Name, long[] Shape, int Inputs)> HeadShapes(int dim, int hidden, int outputs) => hidden == 0
        ? [.. Layer("", outputs, dim)]
        : [.. Layer("0.", hidden, dim), .. Layer("2.", outputs, hidden)];

    private static (string Name, long[] Shape, int Inputs)[] Layer(string name, int outputs, int inputs) =>
        [($"{HeadPrefix}{name}weight", [outputs, inputs], inputs), ($"{HeadPrefix}{name}bias", [outputs], inputs)];

    private Tensor Layer(string name, Tensor input) => linear(input, _weights[$"{HeadPrefix}{name}weight"], _weights[$"{HeadPrefix}{name}bias"]);
}
