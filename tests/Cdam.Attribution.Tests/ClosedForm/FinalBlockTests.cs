using Cdam.Attribution.Backbones;
using Cdam.Attribution.Tests.Backbones;

namespace Cdam.Attribution.Tests.ClosedForm;

/// <summary>The final block for [CLS] alone against the standard forward pass, which computes it for every token.</summary>
public sealed class FinalBlockTests
{
    [Theory]
    [InlineData(BackboneNaming.Dino, 4, 4)]
    [InlineData(BackboneNaming.Dino, 1, 7)]
    [InlineData(BackboneNaming.DinoV2, 5, 2)]
    [InlineData(BackboneNaming.Torchvision, 3, 5)]
    public void Latents_OfABatch_EqualTheStandardForwardPass(BackboneNaming naming, int rows, int columns)
    {
        using var network = new SmallNetwork(RandomBackbone.Config(naming), rows, columns, images: 3);
        var latents = network.Backbone.Forward(network.Input);
        TensorAssert.Close(latents, network.ClassToken.Latent);
        var head = TargetSet.MlpHead(network.Block.Dim, 5);
        TensorAssert.Close(head.Logits(latents), head.Logits(network.ClassToken.Latent));
    }

    [Fact]
    public void Latents_OfTheStandardForwardPass_EqualThePlainNetwork()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.DinoV2), images: 2);
        TensorAssert.Close(network.PlainLatent(network.BlockInput, network.AttentionInput), network.Backbone.Forward(network.Input));
    }

    [Fact]
    public void Weights_OfEachHead_SumToOne()
    {
        using var network = new SmallNetwork(RandomBackbone.Config(BackboneNaming.Dino), images: 2);
        var sums = network.Attention.Weights.sum(-1).data<float>().ToArray();

        // A sum of 16 float32 values below 1: 16 roundings of 6e-8.
        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-6));
    }

    [Fact]
    public void Sample_OfABatch_IsThatImageAlone()
    {
        var config = RandomBackbone.Config(BackboneNaming.Torchvision);
        using var network = new SmallNetwork(config, images: 3);
        var alone = network.Block.Attend(network.Image(2, TargetSet.Of(TargetKind.DotProduct, config.Dim).All).Tokens);
        TensorAssert.Close(alone.Weights, network.Attention.Sample(2).Weights);
        TensorAssert.Close(alone.Values, network.Attention.Sample(2).Values);
    }
}
