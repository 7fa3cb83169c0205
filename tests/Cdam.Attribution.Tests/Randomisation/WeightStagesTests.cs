using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;
using Cdam.Attribution.Randomisation;
using Cdam.Attribution.Tests.Backbones;

namespace Cdam.Attribution.Tests.Randomisation;

public sealed class WeightStagesTests
{
    [Theory]
    [InlineData(BackboneNaming.Dino)]
    [InlineData(BackboneNaming.DinoV2)]
    [InlineData(BackboneNaming.Torchvision)]
    public void Of_AnyNaming_PutsEachWeightIntoExactlyOneStage(BackboneNaming naming)
    {
        var config = RandomBackbone.Config(naming);
        var tensors = WeightStages.Of(config, ["weight", "bias"]).SelectMany(stage => stage.Tensors).ToList();
        var expected = BackboneState.Describe(config).Select(entry => (ModelPart.Backbone, entry.Name))
            .Concat([(ModelPart.Head, "weight"), (ModelPart.Head, "bias")]);
        Assert.Equal(tensors.Count, tensors.Distinct().Count());
        Assert.Equal(expected.Order(), tensors.Order());
    }

    [Fact]
    public void Of_ANetwork_GoesFromTheOutputToTheInput()
    {
        var stages = WeightStages.Of(RandomBackbone.Config(BackboneNaming.DinoV2), ["weight", "bias"]);
        Assert.Equal(["head", "norm + block 2", "block 1", "block 0", "embedding"], stages.Select(stage => stage.Name));
        Assert.Contains((ModelPart.Backbone, "norm.weight"), stages[1].Tensors);
        Assert.Contains((ModelPart.Backbone, "blocks.2.ls1.gamma"), stages[1].Tensors);
        Assert.Equal(
            ["cls_token", "patch_embed.proj.bias", "patch_embed.proj.weight", "pos_embed", "register_tokens"],
            stages[^1].Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_ANetworkWithoutHead_BeginsWithTheFinalBlock() =>
        Assert.Equal(["norm + block 1", "block 0", "embedding"], WeightStages.Of(RandomBackbone.Config(BackboneNaming.Torchvision), []).Select(stage => stage.Name));
}
