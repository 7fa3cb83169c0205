using Cdam.Attribution.Backbones;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;

namespace Cdam.Attribution.Tests.Methods;

public sealed class InputXGradientMethodTests
{
    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfAnyTarget_IsTheMeanOverChannelsOfInputTimesPlainGradient(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var input = network.Input.narrow(0, 1, 1);
        var expected = (network.PlainInputGradients(targets, input)[0] * input).mean([1]).flatten(1);    // C × H·W
        var map = new InputXGradientMethod().Explain(network.Image(1, targets.All), new MethodRequest("input-x-gradient"), heads: true);
        TensorAssert.Close(expected, map.Scores);
        Assert.Null(map.Heads);
        Assert.Null(map.CompletenessGaps);
    }
}
