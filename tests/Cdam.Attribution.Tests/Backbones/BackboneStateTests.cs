using Cdam.Attribution.Backbones;

namespace Cdam.Attribution.Tests.Backbones;

/// <summary>The published architectures by their sizes; no weights are needed for that.</summary>
public sealed class BackboneStateTests
{
    /// <summary>
    /// DINO's and torchvision's counts are those of the published models (torchvision's without the classification head).
    /// DINOv2 by hand, with d = 384 or 768 (ViT-S, ViT-B), m = 4 d, patches of 14, a grid of 37 × 37:
    /// <list type="bullet">
    /// <item>A block has two LayerNorms 4 d, attention 4 d² + 4 d, MLP 2 d m + m + d = 8 d² + 5 d, LayerScale 2 d: 12 d² + 15 d.</item>
    /// <item>Around them [CLS] d, registers 4 d, positions (1 + 1369) d, patches 3 · 14² d + d = 589 d, the last LayerNorm 2 d: 1966 d.</item>
    /// <item>S: 12 (12 · 384² + 15 · 384) + 1966 · 384 = 21,302,784 + 754,944 = 22,057,728 (one mask token less than published, 384).</item>
    /// <item>B: 12 (12 · 768² + 15 · 768) + 1966 · 768 = 85,072,896 + 1,509,888 = 86,582,784.</item>
    /// </list>
    /// SWAG's ViT-B/16 is torchvision's with 24² instead of 14² positions: 85,798,656 + 380 · 768 = 86,090,496.
    /// </summary>
    [Theory]
    [InlineData("dino-vits16", 21_665_664)]
    [InlineData("dino-vits8", 21_670_272)]
    [InlineData("dino-vitb16", 85_798_656)]
    [InlineData("dino-vitb8", 85_807_872)]
    [InlineData("deit-vitb16", 85_798_656)]
    [InlineData("dinov2-vits14-reg4", 22_057_728)]
    [InlineData("dinov2-vitb14-reg4", 86_582_784)]
    [InlineData("torchvision-vitb16", 85_798_656)]
    [InlineData("torchvision-vitb16-swag", 86_090_496)]
    [InlineData("torchvision-vitl16", 303_301_632)]
    public void Describe_PublishedArchitecture_HasThePublishedParameterCount(string name, long expected)
    {
        var state = BackboneState.Describe(BackboneCatalog.Get(name));
        Assert.Equal(expected, state.Sum(entry => entry.Shape.Aggregate(1L, (product, extent) => product * extent)));
        Assert.Equal(state.Count, state.Select(entry => entry.Name).Distinct().Count());
    }

    [Fact]
    public void All_KnownArchitectures_AreValidAndCounted()
    {
        Assert.Equal(10, BackboneCatalog.All.Count);
        Assert.All(BackboneCatalog.All.Values, config => config.Validate());
    }

    [Fact]
    public void Get_UnknownName_ListsTheKnownOnes()
    {
        var refusal = Assert.Throws<ArgumentException>(() => BackboneCatalog.Get("vit-h14"));
        Assert.StartsWith("backbone is \"vit-h14\"; known are deit-vitb16, dino-vitb16", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BackboneNaming.Dino, "cls_token,pos_embed,patch_embed.proj.weight,blocks.1.attn.qkv.weight,blocks.0.mlp.fc2.bias,norm.bias")]
    [InlineData(BackboneNaming.DinoV2, "register_tokens,blocks.2.ls1.gamma,blocks.0.ls2.gamma,blocks.1.attn.proj.bias")]
    [InlineData(BackboneNaming.Torchvision,
        "class_token,encoder.pos_embedding,conv_proj.bias,encoder.ln.weight,"
        + "encoder.layers.encoder_layer_1.self_attention.in_proj_weight,encoder.layers.encoder_layer_0.mlp.3.weight")]
    public void Describe_EachNaming_HasThePublishedNames(BackboneNaming naming, string names)
    {
        var state = BackboneState.Describe(RandomBackbone.Config(naming)).Select(entry => entry.Name).ToHashSet();
        Assert.All(names.Split(','), name => Assert.Contains(name, state));
    }

    [Theory]
    [InlineData(BackboneNaming.Dino, "head.weight", true)]
    [InlineData(BackboneNaming.Dino, "mask_token", false)]
    [InlineData(BackboneNaming.DinoV2, "mask_token", true)]
    [InlineData(BackboneNaming.Torchvision, "heads.head.weight", true)]
    [InlineData(BackboneNaming.Torchvision, "encoder.ln.scale", false)]
    public void IsUnused_OfPublishedExtras_AllowsOnlyThose(BackboneNaming naming, string name, bool unused) =>
        Assert.Equal(unused, BackboneState.IsUnused(RandomBackbone.Config(naming), name));
}
