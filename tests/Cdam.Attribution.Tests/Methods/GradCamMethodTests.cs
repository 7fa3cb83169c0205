using Cdam.Attribution.Backbones;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Rendering;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;

namespace Cdam.Attribution.Tests.Methods;

public sealed class GradCamMethodTests
{
    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfEachNamingAndTarget_EqualsAutograd(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var (prefix, patches) = (network.Grid.Prefix, network.Grid.Patches);
        var weights = network.PlainGradients(targets, network.BlockInput, network.AttentionInput)[1].narrow(1, prefix, patches).mean([1]);    // C × d
        var expected = weights.matmul(network.AttentionInput[1].narrow(0, prefix, patches).t()).relu();
        var actual = new GradCamMethod().Explain(network.Image(1, targets.All), new MethodRequest("gradcam"), heads: false).Scores;
        TensorAssert.Close(expected, actual);
    }

    [Fact]
    public void MeanGradient_FromAnyTokenOn_IsTheMeanOfTheGradients()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2), images: 3);
        var scores = network.Scores(TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All);
        foreach (var first in new[] { 1, network.Grid.Prefix, network.Grid.Tokens - 1 })
        {
            TensorAssert.Close(scores.Gradients().narrow(2, first, network.Grid.Tokens - first).mean([2]), scores.MeanGradient(first));
        }
    }

    [Fact]
    public void Upsampling_OfAllMethods_IsBilinearForGradCamAlone() =>
        Assert.Equal(["gradcam"], MethodCatalog.All.Where(method => method.Upsampling == Upsampling.Bilinear).Select(method => method.Name));
}
