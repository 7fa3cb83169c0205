using Cdam.Attribution.Backbones;
using Cdam.Attribution.Tests.Backbones;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>The closed form against automatic differentiation of the plain network, for three images at once.</summary>
public sealed class TokenScoresTests
{
    public static TheoryData<BackboneNaming, TargetKind> NamingsAndTargets =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(NamingsAndTargets))]
    public void AllScores_OfEachNamingAndTarget_EqualAutograd(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 3);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        TensorAssert.Close(network.PlainScores(targets), network.Scores(targets.All).AllScores());
    }

    [Theory]
    [MemberData(nameof(NamingsAndTargets))]
    public void Gradients_OfAllTokens_EqualAutograd(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 3);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        var expected = network.PlainGradients(targets, network.BlockInput, network.AttentionInput);
        var actual = network.Scores(targets.All).Gradients();
        TensorAssert.Close(expected, actual);

        // [CLS] alone too: the patches could hide an error at the one token whose gradient comes through the query as well.
        TensorAssert.Close(expected.select(2, 0), actual.select(2, 0));
    }

    [Theory]
    [MemberData(nameof(NamingsAndTargets))]
    public void HeadScores_OfEachNamingAndTarget_SumToTheScores(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 3);
        var scores = network.Scores(TargetSet.Of(kind, network.Block.Dim).All);
        var heads = scores.HeadScores();
        Assert.Equal(network.Block.Heads, heads.shape[2]);
        TensorAssert.Close(scores.Scores(), heads.sum(2));
    }

    [Fact]
    public void Scores_OfPatches_AreThoseWithTheQuerysPart()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var scores = network.Scores(TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All);
        var (without, with) = (scores.Scores(), scores.AllScores());
        TensorAssert.Close(with.narrow(2, 1, with.shape[2] - 1), without.narrow(2, 1, with.shape[2] - 1), tolerance: 0);
        Assert.NotEqual(with[0, 0, 0].item<float>(), without[0, 0, 0].item<float>());
    }
}
