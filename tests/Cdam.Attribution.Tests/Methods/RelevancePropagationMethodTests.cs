using Cdam.Attribution.Autograd;
using Cdam.Attribution.Backbones;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods;
using Cdam.Attribution.Tests.Backbones;
using Cdam.Attribution.Tests.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Methods;

/// <summary>One row carried backwards and derivatives by hand, against whole matrices and automatic differentiation.</summary>
public sealed class RelevancePropagationMethodTests
{
    public static TheoryData<BackboneNaming, TargetKind> Cases =>
        new MatrixTheoryData<BackboneNaming, TargetKind>(Enum.GetValues<BackboneNaming>(), Enum.GetValues<TargetKind>());

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_OfEachNamingAndTarget_IsTheRowOfTheWholeProduct(BackboneNaming naming, TargetKind kind)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), images: 2);
        var targets = TargetSet.Of(kind, network.Block.Dim);
        TensorAssert.Close(Naive(network, targets), Explain(network.Image(1, targets.All)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Explain_OfFewerAndMoreBlocks_IsTheRowOfTheWholeProduct(int depth)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2) with { Depth = depth }, images: 2);
        var targets = TargetSet.Of(TargetKind.Linear, network.Block.Dim);
        TensorAssert.Close(Naive(network, targets), Explain(network.Image(1, targets.All)));
    }

    /// <summary>One target at a time with one row, some rows, one head, and two heads of three; then two targets at a time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2_500)]
    [InlineData(6_000)]
    [InlineData(12_000)]
    [InlineData(120_000)]
    public void Explain_WithinAnyBudget_GivesTheSameMap(long bytes)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        var targets = TargetSet.Of(TargetKind.Mixed, network.Block.Dim).All;
        TensorAssert.Close(Explain(network.Image(0, targets)), Explain(network.Image(0, targets, sampleBytes: bytes)));
    }

    [Fact]
    public void Explain_OnceItIsNotWanted_Stops()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino));
        var image = network.Image(0, TargetSet.Of(TargetKind.Linear, network.Block.Dim).All) with { IsCancelled = () => true };
        Assert.Throws<OperationCanceledException>(() => Explain(image));
    }

    /// <summary>C × patches of the second image.</summary>
    private static Tensor Naive(SmallNetwork network, TargetSet targets)
    {
        var input = network.Input.narrow(0, 1, 1).detach().requires_grad_(true);
        var rows = targets.Each.Select(target => AutogradRelevance.ClassRow(network.Plain, target, input).detach());
        return stack([.. rows]).narrow(1, network.Grid.Prefix, network.Grid.Patches);
    }

    private static Tensor Explain(ImageState image) =>
        new RelevancePropagationMethod().Explain(image, new MethodRequest("relevance-propagation"), heads: false).Scores;
}
