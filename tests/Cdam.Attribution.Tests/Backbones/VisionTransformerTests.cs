using Cdam.Attribution.Backbones;
using Cdam.Attribution.Explanations;
using Cdam.Attribution.Tests.ClosedForm;

namespace Cdam.Attribution.Tests.Backbones;

public sealed class VisionTransformerTests
{
    [Fact]
    public void Forward_OfAFullSizeModel_RunsAndEqualsTheClosedForm()
    {
        using var network = new SmallNetwork(BackboneCatalog.Get("dino-vits16"), rows: 4, columns: 4);
        Assert.Equal([1L, 17, 384], network.BlockInput.shape);
        TensorAssert.Close(network.Backbone.Forward(network.Input), network.ClassToken.Latent);
        var targets = TargetSet.Of(TargetKind.Linear, 384);
        TensorAssert.Close(network.PlainScores(targets), network.Scores(targets.All).AllScores());
    }

    [Fact]
    public void Grid_OfAWideInput_HasRowsColumnsAndPrefix()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2), rows: 2, columns: 6);
        Assert.Equal(new TokenGrid(2, 6, 4, 5), network.Grid);
        Assert.Equal(17, network.Grid.Tokens);
        Assert.Equal(17, network.BlockInput.shape[1]);
    }

    [Fact]
    public void Embed_WithRegisters_PutsThemBetweenClassTokenAndPatches()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2), images: 2);
        var embedded = network.Backbone.Embed(network.Input);
        var registers = network.Backbone.State["register_tokens"];

        // Registers have no position: they are there as they are.
        TensorAssert.Close(registers.expand(2, -1, -1), embedded.narrow(1, 1, 4), tolerance: 0);
        var first = network.Backbone.State["cls_token"] + network.Backbone.State["pos_embed"].narrow(1, 0, 1);
        TensorAssert.Close(first.expand(2, -1, -1), embedded.narrow(1, 0, 1), tolerance: 0);
    }

    [Fact]
    public void Dispose_OfABackbone_LeavesNoWeight()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2));
        network.Backbone.Dispose();
        Assert.All(network.Backbone.State.Values, weight => Assert.True(weight.IsInvalid));
        Assert.True(network.Block.Norm1Weight.IsInvalid);
    }
}
