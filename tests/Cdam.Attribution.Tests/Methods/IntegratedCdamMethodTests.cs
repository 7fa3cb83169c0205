using Cdam.Attribution.Backbones;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class IntegratedCdamMethodTests
{
    private const int Steps = 9;

    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), [TargetKind.Linear, TargetKind.Mixed]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllTokens_OnTheAttentionInput_EqualEquation6ByAutograd(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var tokens = network.AttentionInput.narrow(0, 1, 1);
        var x = network.BlockInput.narrow(0, 1, 1).expand(Steps, -1, -1);
        var gradients = network.PlainGradients(targets, x, Alpha(1, Steps + 1) * tokens);      // S × C × n × d
        var expected = (tokens * gradients.mean([0])).sum(-1);                                 // C × n
        TensorAssert.Close(expected, IntegratedCdamMethod.AllTokens(network.Image(1, targets.All), Steps).Scores);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OnTheBlockInput_IsTheMeanCdamOfTheScaledTokens(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var x = Alpha(1, Steps) * network.BlockInput.narrow(0, 1, 1);
        var expected = network.PlainScores(targets, x, network.Block.Norm1(x)).mean([0]).narrow(-1, network.Grid.Prefix, network.Grid.Patches);
        var request = new MethodRequest("integrated-cdam") { Space = TokenSpace.BlockInput, SampleCount = Steps };
        var map = new IntegratedCdamMethod().Explain(network.Image(1, targets.All), MethodCatalog.Complete(request), heads: false);
        TensorAssert.Close(expected, map.Scores);
        Assert.Null(map.CompletenessGaps);
    }

    [Theory]
    [InlineData(TokenSpace.BlockInput)]
    [InlineData(TokenSpace.AttentionInput)]
    public void Explain_WithinAnyBudget_GivesTheSameMap(TokenSpace space)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All;
        var request = MethodCatalog.Complete(new MethodRequest("integrated-cdam") { Space = space, SampleCount = Steps });
        var whole = new IntegratedCdamMethod().Explain(network.Image(0, targets), request, heads: false);
        foreach (var bytes in new[] { 1L, 20_000 })
        {
            var pieces = new IntegratedCdamMethod().Explain(network.Image(0, targets, bytes), request, heads: false);
            TensorAssert.Close(whole.Scores, pieces.Scores);
            Assert.Equal(whole.CompletenessGaps is null, pieces.CompletenessGaps is null);
        }
    }

    [Theory]
    [InlineData(TargetKind.Linear)]
    [InlineData(TargetKind.Mixed)]
    public void AllTokens_OfManySteps_SumToTheChangeFromTheBaseline(TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var values = targets.All.Values(network.PlainLatent(network.BlockInput, network.AttentionInput));
        var baseline = targets.All.Values(network.PlainLatent(network.BlockInput, zeros_like(network.AttentionInput)));
        var change = (values - baseline)[0];
        var (scores, gaps) = IntegratedCdamMethod.AllTokens(network.Image(0, targets.All), 1000);

        // The sum over steps is a Riemann sum: its error falls as 1 / n, times how much the slope changes along the path.
        TensorAssert.Close(change, scores.sum(1), tolerance: 1e-2);
        var expected = (scores.sum(1) - change).abs();
        var rounding = 1e-5 * values.abs().max().item<float>();
        Assert.All(gaps.Zip(expected.data<float>().ToArray()), gap => Assert.Equal(gap.Second, gap.First, rounding));
    }

    [Fact]
    public void CompletenessGap_WithFourTimesTheSteps_FallsToAQuarter()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All);
        var gaps = new[] { 16, 64, 256 }.Select(steps => IntegratedCdamMethod.AllTokens(image, steps).Gaps).ToArray();
        for (var target = 0; target < image.Targets.Count; target++)
        {
            // First order in 1 / n: a quarter, give or take the second order, which is still felt at 16 steps.
            Assert.InRange(gaps[1][target] / gaps[0][target], 0.15, 0.35);
            Assert.InRange(gaps[2][target] / gaps[1][target], 0.2, 0.3);
        }
    }

    /// <summary>k / n for k from .. to − 1, as S × 1 × 1.</summary>
    private static Tensor Alpha(int from, int to) => (arange(from, to, ScalarType.Float32) / Steps).view(-1, 1, 1);
}
