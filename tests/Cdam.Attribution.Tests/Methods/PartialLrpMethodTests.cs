using Cdam.Attribution.Autograd;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Heads;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class PartialLrpMethodTests
{
    /// <summary>The rules divide by sums near 0, which magnifies rounding; the reference arrays themselves are known to 1.2e-3.</summary>
    private const double Magnified = 1e-3;

    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfEachNamingAndTarget_IsTheRowOfTheRulesOnAllTokens(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim).All;
        var plain = new AutogradPartialLrp(network.Backbone);
        var latent = targets.Relevance(network.ClassToken.Latent.narrow(0, 1, 1));
        var rows = Enumerable.Range(0, targets.Count).Select(target => plain.ClassRow(network.BlockInput[1], network.AttentionInput[1], latent[target]));
        var expected = stack([.. rows]).narrow(1, network.Grid.Prefix, network.Grid.Patches);
        TensorAssert.Close(expected, Explain(network.Image(1, targets)), Magnified);
    }

    [Fact]
    public void Relevance_OfHeads_FollowsTheRuleOfTheirLayers()
    {
        using var scope = NewDisposeScope();
        Tensor latent = RandomTensor.Normal(1, 1, 12), weight1 = RandomTensor.Normal(2, 7, 12), bias1 = RandomTensor.Normal(3, 7);
        Tensor weight2 = RandomTensor.Normal(4, 3, 7), bias2 = RandomTensor.Normal(5, 3), wanted = tensor(new float[] { 0, 0, 1 }).unsqueeze(0);
        var outputs = tensor(new long[] { 2 });
        var hidden = nn.functional.linear(latent, weight1, bias1).relu();
        var ofHidden = AutogradPartialLrp.Linear(weight2, hidden, wanted);
        TensorAssert.Close(ofHidden, new LinearHead(weight2, bias2).Relevance(hidden, outputs));
        TensorAssert.Close(AutogradPartialLrp.Linear(weight1, latent, ofHidden), new MlpHead(weight1, bias1, weight2, bias2).Relevance(latent, outputs));
    }

    [Fact]
    public void Explain_ADotProduct_IsTheMapOfALinearHeadWithTheSameRow()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Torchvision));
        var concept = TargetSet.Concept(network.Block.Dim, Similarity.DotProduct);
        var head = new LinearHead(tensor(concept.Vector).unsqueeze(0), ones(1));
        var expected = Explain(network.Image(0, new TargetFunctions(head, [0], [], CPU)));
        TensorAssert.Close(expected, Explain(network.Image(0, new TargetFunctions(null, [], [concept], CPU))));
    }

    [Fact]
    public void Explain_WhenNothingSpeaksForTheTarget_IsZeroAndNotNaN()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var against = new ConceptTarget("against", (-network.ClassToken.Latent[0]).data<float>().ToArray(), Similarity.DotProduct);
        var map = Explain(network.Image(0, new TargetFunctions(null, [], [against], CPU)));
        Assert.All(map.contiguous().data<float>().ToArray(), score => Assert.Equal(0f, score));
    }

    [Fact]
    public void Shares_OfInputsOfBothSigns_SumToOneForEachSign()
    {
        using var scope = NewDisposeScope();
        var shares = RelevanceRules.Shares(tensor(new float[] { 1, 3, -1, 5, 2, -4 }).view(1, 6), tensor(new float[] { 1, 1, -2, -1, 0, -1 }).view(1, 6));

        // 1·1 and 3·1 share one whole, (−1)·(−2) and (−4)·(−1) the other; 5·(−1) speaks against, 2·0 says nothing.
        TensorAssert.Close(tensor(new[] { 0.25f, 0.75f, 1 / 3f, 0, 0, 2 / 3f }).view(1, 6), shares, tolerance: 1e-6);
    }

    private static Tensor Explain(ImageState image) => new PartialLrpMethod().Explain(image, new MethodRequest("partial-lrp"), heads: false).Scores;
}
