using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

public sealed class TokenAblationMethodTests
{
    /// <summary>The difference of two values, each within the usual rounding, may be ten times smaller than they are.</summary>
    private const double OfADifference = 2e-4;

    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfEachNamingAndTarget_IsTheLossWhenTheTokenIsDeleted(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), rows: 2, columns: 3, images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim).All;
        var embedded = network.Backbone.Embed(network.Input.narrow(0, 1, 1));
        var all = targets.Values(network.Plain.LatentOf(embedded));
        var losses = Enumerable.Range(network.Grid.Prefix, network.Grid.Patches)
            .Select(token => (all - targets.Values(network.Plain.LatentOf(Delete(embedded, token))))[0]);
        TensorAssert.Close(stack([.. losses], 1), Explain(network.Image(1, targets)), OfADifference);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    public void Explain_WithinAnyBudget_GivesTheSameMap(long bytes)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Linear, network.Block.Dim).All;
        TensorAssert.Close(Explain(network.Image(0, targets)), Explain(network.Image(0, targets, bytes)), OfADifference);
    }

    [Fact]
    public void Explain_OfASinglePatch_IsTheLossOfThePicture()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino), rows: 1, columns: 1);
        var targets = TargetSet.Of(TargetKind.Linear, network.Block.Dim).All;
        var embedded = network.Backbone.Embed(network.Input);
        var expected = targets.Values(network.Plain.LatentOf(embedded)) - targets.Values(network.Plain.LatentOf(embedded.narrow(1, 0, 1)));
        TensorAssert.Close(expected.t(), Explain(network.Image(0, targets)), OfADifference);
    }

    [Fact]
    public void Explain_OnceItIsNotWanted_StopsBeforeTheNextBatch()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var asked = 0;
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All, sampleBytes: 1) with { IsCancelled = () => ++asked == 3 };
        Assert.Throws<OperationCanceledException>(() => Explain(image));
        Assert.Equal(3, asked);
    }

    private static Tensor Delete(Tensor tokens, int position) =>
        cat([tokens.narrow(1, 0, position), tokens.narrow(1, position + 1, tokens.shape[1] - position - 1)], 1);

    private static Tensor Explain(ImageState image) =>
        new TokenAblationMethod().Explain(image, new MethodRequest("token-ablation"), heads: false).Scores;
}
