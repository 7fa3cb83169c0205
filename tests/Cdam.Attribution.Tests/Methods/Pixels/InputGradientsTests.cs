using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Methods.Pixels;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods.Pixels;

public sealed class InputGradientsTests
{
    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sum_OfSeveralSamples_IsThatOfAPlainLoopThroughTheWholeNetwork(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 3);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var expected = network.PlainInputGradients(targets, network.Input).sum(dim: 0);
        TensorAssert.Close(expected, new InputGradients(network.Image(1, targets.All)).Sum(network.Input));
    }

    /// <summary>A lack of memory on the way back must reach the code that halves the chunk. autograd.grad lets nothing out: the process would end.</summary>
    [Fact]
    public void Backward_ThatFails_ThrowsAndDoesNotEndTheProcess()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var graph = InputGraph.Of(network.Backbone, network.Input);
        var wrong = zeros_like(graph.AttentionInput).narrow(1, 0, 1);
        Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => autograd.backward([graph.AttentionInput], [wrong], inputs: [graph.Input]));
    }

    [Fact]
    public void AtImage_WithTheGraphOfThePrediction_IsWhatItIsWithoutAndCanBeAskedTwice()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var image = network.Image(0, TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All);
        var expected = new InputGradients(image).Sum(network.Input);
        TensorAssert.Close(expected, new InputGradients(image).AtImage());
        var gradients = new InputGradients(image with { Graph = InputGraph.Of(network.Backbone, network.Input) });
        TensorAssert.Close(expected, gradients.AtImage());
        TensorAssert.Close(expected, gradients.AtImage());
    }

    [Fact]
    public void Sum_OfABackboneOfOneBlock_IsThatOfThePlainNetwork()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Torchvision) with { Depth = 1 });
        var targets = TargetSet.Of(TargetKind.Mlp, network.Block.Dim);
        TensorAssert.Close(
            network.PlainInputGradients(targets, network.Input)[0], new InputGradients(network.Image(0, targets.All)).Sum(network.Input));
    }

    [Fact]
    public void Sum_AtTheSteepestPixel_IsTheSlopeOfTheNetworksValue()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim);
        var gradients = new InputGradients(network.Image(0, targets.All)).Sum(network.Input).flatten(1);    // C × 3·H·W
        const float Step = 0.02f;
        for (var target = 0; target < targets.All.Count; target++)
        {
            var pixel = gradients[target].abs().argmax().item<long>();
            var shift = zeros_like(network.Input).flatten();
            shift[pixel] = Step;
            var change = network.PlainValues(targets, cat([network.Input + shift.view_as(network.Input), network.Input - shift.view_as(network.Input)]));
            var slope = (change[0] - change[1])[target].item<float>() / (2 * Step);

            // Values of about 10 are rounded at 1e-6, 5e-5 of slope; and the third derivative times step² / 6 is some 1e-4 of it here.
            var expected = gradients[target, pixel].item<float>();
            Assert.Equal(expected, slope, 5e-3 * Math.Abs(expected) + 1e-4);
        }
    }

    [Fact]
    public void Sum_InsideACallWithoutGradients_LeavesWeightsAndModeAsTheyWere()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        using var noGradient = no_grad();
        var sum = new InputGradients(network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All)).Sum(network.Input);
        Assert.False(is_grad_enabled());
        Assert.False(sum.requires_grad);
        Assert.False(network.Input.requires_grad);
        Assert.All(network.Backbone.State.Values, weight => Assert.False(weight.requires_grad));
    }

    /// <summary>Smaller by 1e-7 than what float16 can hold, if it went through the network as it is.</summary>
    [Fact]
    public void Sum_OfTinyGradientsInFloat16_KeepsThem()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        using var half = new VisionTransformer(
            network.Backbone.Config, network.Backbone.State.ToDictionary(entry => entry.Key, entry => entry.Value.to_type(ScalarType.Float16)));
        var large = TargetSet.Concept(network.Block.Dim, Similarity.DotProduct);
        var small = large with { Vector = [.. large.Vector.Select(value => value * 1e-7f)] };
        var expected = new InputGradients(network.Image(0, Target(large))).Sum(network.Input) * 1e-7;
        var image = network.Image(0, Target(small)) with { Backbone = half, Input = network.Input.to_type(ScalarType.Float16) };

        // float16 rounds by 5e-4; some dozens of roundings follow each other.
        TensorAssert.Close(expected, new InputGradients(image).Sum(image.Input), tolerance: 2e-2);

        static TargetFunctions Target(ConceptTarget concept) => new(null, [], [concept], CPU);
    }
}
