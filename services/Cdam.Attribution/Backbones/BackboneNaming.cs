namespace Cdam.Attribution.Backbones;

/// <summary>How a state dict names its tensors, and what the published code does beside.</summary>
public enum BackboneNaming
{
    /// <summary>facebookresearch/dino; also DeiT and other ViTs in timm's naming (<c>blocks.0.attn.qkv.weight</c>).</summary>
    Dino,

    /// <summary>facebookresearch/dinov2: <c>register_tokens</c> and LayerScale (<c>blocks.0.ls1.gamma</c>).</summary>
    DinoV2,

    /// <summary>torchvision: <c>encoder.layers.encoder_layer_0.self_attention.in_proj_weight</c>.</summary>
    Torchvision,
}
