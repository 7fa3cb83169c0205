using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Methods.Pixels;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class SmoothGradMethodTests
{
    private const int Samples = 5;

    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), [TargetKind.Linear, TargetKind.Mixed]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_WithGivenNoise_IsTheMeanOfAPlainLoop(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var noise = RandomTensor.Normal(6, [Samples, .. network.Input.shape[1..]]) * 0.3;
        var expected = Mean(network.PlainInputGradients(targets, network.Input.narrow(0, 1, 1) + noise));
        TensorAssert.Close(expected, Explain(network.Image(1, targets.All), new("smooth-grad") { Noise = noise.data<float>().ToArray() }));
    }

    [Fact]
    public void Explain_FromASeed_AddsTheSeedsNormalsTimesTheLevelAndTheInputsRange()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var targets = TargetSet.Of(TargetKind.Linear, network.Block.Dim);
        var deviation = 0.15f * (network.Input.max() - network.Input.min());
        var noisy = network.Input + deviation * RandomTensor.Normal(11, [Samples, .. network.Input.shape[1..]]);
        var request = new MethodRequest("smooth-grad") { SampleCount = Samples, Seed = 11 };
        TensorAssert.Close(Mean(network.PlainInputGradients(targets, noisy)), Explain(network.Image(0, targets.All), request));
    }

    [Fact]
    public void Explain_WithAnotherSeed_GivesAnotherMap()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        var request = new MethodRequest("smooth-grad") { SampleCount = 2 };
        var first = Explain(image, request).data<float>().ToArray();
        Assert.Equal(first, Explain(image, request with { Seed = 0 }).data<float>().ToArray());
        Assert.NotEqual(first, Explain(image, request with { Seed = 1 }).data<float>().ToArray());
    }

    [Fact]
    public void Explain_WithinAnyBudget_GivesTheSameMap()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All;
        var request = new MethodRequest("smooth-grad") { SampleCount = Samples };
        var whole = Explain(network.Image(0, targets), request);
        var sample = new InputGradients(network.Image(0, targets)).SampleBytes;
        TensorAssert.Close(whole, Explain(network.Image(0, targets, sampleBytes: 1), request));
        TensorAssert.Close(whole, Explain(network.Image(0, targets, 2 * sample), request));
    }

    [Fact]
    public void Explain_OfAUniformInput_IsItsPlainGradient()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Torchvision));
        var targets = TargetSet.Of(TargetKind.Mlp, network.Block.Dim);
        var uniform = ones_like(network.Input);
        var image = network.Image(0, targets.All) with { Input = uniform };
        TensorAssert.Close(
            Mean(network.PlainInputGradients(targets, uniform)), Explain(image, new MethodRequest("smooth-grad") { SampleCount = 2 }));
    }

    /// <summary>S × C × 3 × H × W → C × H·W.</summary>
    private static Tensor Mean(Tensor gradients) => gradients.mean([0]).mean([1]).flatten(1);

    private static Tensor Explain(ImageState image, MethodRequest request) =>
        new SmoothGradMethod().Explain(image, MethodCatalog.Complete(request), heads: false).Scores;
}
