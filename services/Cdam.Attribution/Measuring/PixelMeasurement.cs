using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Autograd;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Models;
using static TorchSharp.torch;

namespace Cdam.Attribution.Measuring;

/// <summary>
/// The pixel methods for one class, and beside each the plain loop of published code: one sample at a time through the whole network
/// and back to the image by automatic differentiation. Both with few samples, as the rows' names say; both grow with their number.
/// </summary>
internal sealed class PixelMeasurement(ExplainableModel model, ModelInput input)
{
    private const int Samples = 8;

    public IReadOnlyList<MeasuredWork> Work() =>
    [
        new("input-x-gradient", () => Explain(new MethodRequest("input-x-gradient")), Naive: "autograd-input-x-gradient", IsSlow: true),
        new("autograd-input-x-gradient", () => Loop(1, (x, _) => x, timesInput: true), IsSlow: true),
        new($"integrated-gradients-{Samples}", () => Explain(new MethodRequest("integrated-gradients") { SampleCount = Samples }), Naive: $"autograd-integrated-gradients-{Samples}", IsSlow: true),
        new($"autograd-integrated-gradients-{Samples}", () => Loop(Samples, (x, k) => x.Times((k + 1.0) / Samples), timesInput: true), IsSlow: true),
        new($"smooth-grad-{Samples}", () => Explain(new MethodRequest("smooth-grad") { SampleCount = Samples }), Naive: $"autograd-smooth-grad-{Samples}", IsSlow: true),
        new($"autograd-smooth-grad-{Samples}", () => Loop(Samples, Noisy, timesInput: false), IsSlow: true),
    ];

    private static Tensor Noisy(Tensor x, int sample) => x.Plus((x.max() - x.min()).Times(0.15) * randn_like(x));

    private void Explain(MethodRequest method) =>
        model.Explain([new ExplainItem { Views = [input], Targets = [new OutputTarget(0)], Methods = [method] }]);

    private void Loop(int count, Func<Tensor, int, Tensor> sample, bool timesInput)
    {
        using var scope = NewDisposeScope();
        var network = new AutogradNetwork(model.Engine.Backbone);
        var target = new TargetFunctions(model.Engine.Head, [0], [], model.Engine.Device);
        var x = model.Engine.InputTensor([input]);
        var sum = zeros_like(x);
        for (var k = 0; k < count; k++)
        {
            using var pass = NewDisposeScope();
            var leaf = sample(x, k).detach().requires_grad_(true);
            var tokens = network.BlockInput(leaf);
            var value = target.Values(network.Latent(tokens, network.AttentionInput(tokens)).to_type(ScalarType.Float32)).sum();
            sum.AddInPlace(autograd.grad([value], [leaf])[0]);
        }

        (timesInput ? sum * x : sum).Over(count).mean([1]).cpu();
    }
}
