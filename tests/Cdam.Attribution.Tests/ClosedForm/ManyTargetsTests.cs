using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Tests.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>48 wide, 3 heads: values are shared from 25 targets on, the latent's coordinates are explained from 49 on.</summary>
public sealed class ManyTargetsTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(200)]
    public void Scores_OfManyLinearOutputs_EqualThosePerTarget(int outputs) =>
        AssertEqualPerTarget(dim => TargetSet.LinearHead(dim, outputs));

    [Theory]
    [InlineData(25)]
    [InlineData(49)]
    public void Scores_OfManyMlpOutputs_EqualThosePerTarget(int outputs) =>
        AssertEqualPerTarget(dim => TargetSet.MlpHead(dim, outputs));

    [Fact]
    public void Scores_OfManyTargets_EqualAutograd()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Torchvision), rows: 2, columns: 2);
        var targets = TargetSet.Outputs(TargetSet.MlpHead(network.Block.Dim, 60));
        var actual = new TargetScorer(network.Block, targets.All).Scores(network.Tokens, network.Attention, network.ClassToken);
        var expected = network.PlainScores(targets);
        TensorAssert.Close(expected.narrow(2, 1, 4), actual.narrow(2, 1, 4));
    }

    [Fact]
    public void AllScores_OfManyTargets_HaveTheQuerysPartToo()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino), rows: 2, columns: 2);
        var targets = TargetSet.Outputs(TargetSet.LinearHead(network.Block.Dim, 30));
        TensorAssert.Close(network.PlainScores(targets), network.Scores(targets.All).AllScores());
    }

    private static void AssertEqualPerTarget(Func<int, IHead> makeHead)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2), images: 2);
        var targets = TargetSet.Outputs(makeHead(network.Block.Dim)).All;
        var scorer = new TargetScorer(network.Block, targets);
        var together = scorer.Scores(network.Tokens, network.Attention, network.ClassToken);
        var each = Enumerable.Range(0, targets.Count)
            .Select(target => scorer.For(network.Tokens, network.Attention, network.ClassToken, target).Scores());
        TensorAssert.Close(cat([.. each], 1), together);
    }
}
