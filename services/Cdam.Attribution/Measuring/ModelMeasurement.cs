using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Autograd;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using static TorchSharp.torch;

namespace Cdam.Attribution.Measuring;

/// <summary>
/// The work that <c>cdam measure</c> compares: a standard forward pass, what this library makes of it, and the published way by
/// automatic differentiation. Runs where the model is; one thread at a time.
/// </summary>
public sealed class ModelMeasurement
{
    private const int NoisySampleCount = 50;

    // Autograd keeps every activation of the block: some 70 MB a sample at 785 tokens.
    private const int AutogradChunk = 5;

    private const int AblatedPatches = 3;

    // What a contrast of classes, or a top-5 list, asks for.
    private const int Several = 5;

    private readonly ExplainableModel _model;
    private readonly ModelInput _input;
    private readonly AttentionBaselines _baselines;

    /// <param name="model">A model with a head.</param>
    /// <param name="input">What is predicted and explained.</param>
    public ModelMeasurement(ExplainableModel model, ModelInput input) => (_model, _input, _baselines) = (model, input, new AttentionBaselines(model, input));

    /// <summary>The rows, the standard forward pass first.</summary>
    public IReadOnlyList<MeasuredWork> Work() =>
    [
        new("forward", () => _model.Engine.PredictInFull([_input])),
        new("logits", () => _model.Predict([_input])),
        new("cdam", () => Explain(new OutputTarget(0), "cdam")),
        new("cdam-1000", () => Explain(new AllTarget(), "cdam")),
        new("smooth-cdam", () => Explain(new OutputTarget(0), "smooth-cdam")),
        new("integrated-cdam", () => Explain(new OutputTarget(0), "integrated-cdam")),
        new("relevance-propagation", () => Explain(new OutputTarget(0), "relevance-propagation"), Naive: "autograd-relevance-propagation", IsSlow: true),
        new($"relevance-propagation-of-{Several}", SeveralRelevancePropagations, Naive: $"autograd-relevance-propagation-of-{Several}", IsSlow: true),
        new("partial-lrp", () => Explain(new OutputTarget(0), "partial-lrp"), Naive: "autograd-partial-lrp"),
        new("gradcam", () => Explain(new OutputTarget(0), "gradcam"), Naive: "autograd-gradcam"),
        new("token-ablation-of-a-patch", TokenAblation, AblatedPatches + 1, Naive: "plain-token-ablation-of-a-patch", IsSlow: true),
        new("autograd-cdam", AutogradCdam, IsSlow: true),
        new("autograd-smooth-cdam", AutogradSmoothCdam, IsSlow: true),
        .. _baselines.Work(Several),
        .. new PixelMeasurement(_model, _input).Work(),
    ];

    /// <summary>Floating point operations of the standard forward pass, a multiplication and an addition counted as two.</summary>
    public double ForwardOperations()
    {
        var config = _model.Backbone;
        double tokens = _model.Grid(_input.Height, _input.Width).Tokens, dim = config.Dim;
        var projections = 2 * tokens * dim * (4 * dim + 2 * config.Mlp);
        var attention = 4 * tokens * tokens * dim;
        var patches = 2 * (tokens - config.PrefixTokens) * dim * 3 * config.Patch * config.Patch;
        return patches + config.Depth * (projections + attention);
    }

    /// <summary>Plain matrix products of the given side, 2·side³ operations each.</summary>
    public static MeasuredWork MatrixProducts(int side, int count)
    {
        var (a, b) = (rand(side, side).DetachFromDisposeScope(), rand(side, side).DetachFromDisposeScope());
        return new MeasuredWork("matmul", () =>
        {
            for (var i = 0; i < count; i++)
            {
                a.matmul(b).Dispose();
            }
        });
    }

    private void Explain(Target target, string method) => Explain([target], method);

    private void Explain(IReadOnlyList<Target> targets, string method) =>
        _model.Explain([new ExplainItem { Views = [_input], Targets = targets, Methods = [new MethodRequest(method)] }]);

    private void SeveralRelevancePropagations() =>
        Explain([.. Enumerable.Range(0, Several).Select(output => new OutputTarget(output))], "relevance-propagation");

    /// <summary>Some patches; the picture as it is takes a forward pass as well.</summary>
    private void TokenAblation() =>
        _model.Engine.Inspect(_input, new OutputTarget(0), image => TokenAblationMethod.Losses(image, 0, AblatedPatches).sum().item<float>());

    /// <summary>The published way: gradients of the whole network down to the image, the tokens' taken on the way.</summary>
    private void AutogradCdam()
    {
        using var scope = NewDisposeScope();
        var network = new AutogradNetwork(_model.Engine.Backbone);
        var input = _model.Engine.InputTensor([_input]).requires_grad_(true);
        var x = network.BlockInput(input);
        var tokens = network.AttentionInput(x);
        AutogradNetwork.Scores(tokens, network.TokenGradient(Target(), x, tokens, input)).detach().cpu();
    }

    /// <summary>Smooth CDAM by gradients through the final block only, chunk by chunk.</summary>
    private void AutogradSmoothCdam()
    {
        using var scope = NewDisposeScope();
        var network = new AutogradNetwork(_model.Engine.Backbone);
        var x = BlockInput();
        var deviation = (x.max() - x.min()).Times(0.05);
        var sum = zeros(x.shape[1], device: x.device);
        for (var done = 0; done < NoisySampleCount; done += AutogradChunk)
        {
            using var chunk = NewDisposeScope();
            var noisy = x.Plus(deviation * randn(AutogradChunk, x.shape[1], x.shape[2], device: x.device));
            var tokens = network.AttentionInput(noisy).detach().requires_grad_(true);
            sum.AddInPlace(AutogradNetwork.Scores(tokens, network.TokenGradient(Target(), noisy, tokens)).detach().sum(dim: 0));
        }

        sum.DivideInPlace(NoisySampleCount).cpu();
    }

    private Tensor BlockInput()
    {
        using var noGradient = no_grad();
        return _model.Engine.Backbone.BlockInput(_model.Engine.InputTensor([_input])).to_type(ScalarType.Float32);
    }

    private TargetFunctions Target() => new(_model.Engine.Head, [0], [], _model.Engine.Device);
}
