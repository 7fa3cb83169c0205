using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Methods.Pixels;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class IntegratedGradientsMethodTests
{
    private const int Steps = 5;

    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), [TargetKind.Linear, TargetKind.Mixed]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfAnyTarget_IsThatOfAPlainLoop(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var input = network.Input.narrow(0, 1, 1);
        var path = arange(1, Steps + 1, ScalarType.Float32).div(Steps).view(-1, 1, 1, 1) * input;
        var expected = (network.PlainInputGradients(targets, path).mean([0]) * input).mean([1]).flatten(1);
        TensorAssert.Close(expected, Explain(network.Image(1, targets.All), Steps).Scores);
    }

    [Theory]
    [InlineData(TargetKind.Linear)]
    [InlineData(TargetKind.Mixed)]
    public void Explain_WithManySteps_SumsToTheChangeFromTheBaseline(TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var change = (network.PlainValues(targets, network.Input) - network.PlainValues(targets, zeros_like(network.Input)))[0];
        var map = Explain(network.Image(0, targets.All), 400);

        // A Riemann sum: its error falls as 1 / n, times how much the slope changes along the path.
        var sum = 3 * map.Scores.sum(1);
        TensorAssert.Close(change, sum, tolerance: 2e-2);
        var expected = (sum - change).abs().data<float>().ToArray();
        var rounding = 2e-5 * network.PlainValues(targets, network.Input).abs().max().item<float>();
        Assert.All(map.CompletenessGaps!.Zip(expected), gap => Assert.Equal(gap.Second, gap.First, rounding));
    }

    [Fact]
    public void CompletenessGap_WithFourTimesTheSteps_FallsToAQuarter()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Torchvision));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        var gaps = new[] { 64, 256 }.Select(steps => Explain(image, steps).CompletenessGaps!).ToArray();
        for (var target = 0; target < image.Targets.Count; target++)
        {
            // First order in 1 / n: a quarter, give or take the second order.
            Assert.InRange(gaps[1][target] / gaps[0][target], 0.2, 0.3);
        }
    }

    [Fact]
    public void Explain_WithinAnyBudget_GivesTheSameMap()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All;
        var whole = Explain(network.Image(0, targets), Steps).Scores;
        var sample = new InputGradients(network.Image(0, targets)).SampleBytes;
        TensorAssert.Close(whole, Explain(network.Image(0, targets, sampleBytes: 1), Steps).Scores);
        TensorAssert.Close(whole, Explain(network.Image(0, targets, 2 * sample), Steps).Scores);
    }

    private static MapTensors Explain(ImageState image, int steps) => new IntegratedGradientsMethod().Explain(
        image, MethodCatalog.Complete(new MethodRequest("integrated-gradients") { SampleCount = steps }), heads: false);
}
