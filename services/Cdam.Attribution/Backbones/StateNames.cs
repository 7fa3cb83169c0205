namespace Cdam.Attribution.Backbones;

/// <summary>The tensor names of one naming. DINO's and DINOv2's agree wherever both have a tensor.</summary>
internal sealed class StateNames(BackboneNaming naming)
{
    private readonly bool _torchvision = naming == BackboneNaming.Torchvision;

    public const string Registers = "register_tokens";

    public string ClassToken => _torchvision ? "class_token" : "cls_token";

    public string Positions => _torchvision ? "encoder.pos_embedding" : "pos_embed";

    public string PatchWeight => _torchvision ? "conv_proj.weight" : "patch_embed.proj.weight";

    public string PatchBias => _torchvision ? "conv_proj.bias" : "patch_embed.proj.bias";

    public string NormWeight => _torchvision ? "encoder.ln.weight" : "norm.weight";

    public string NormBias => _torchvision ? "encoder.ln.bias" : "norm.bias";

    public BlockNames Block(int index) => _torchvision
        ? BlockNames.Torchvision($"encoder.layers.encoder_layer_{index}.")
        : BlockNames.Dino($"blocks.{index}.");

    /// <summary>Older names of the same tensors, mapped to those above.</summary>
    public string Modernize(string name)
    {
        // torchvision before 0.12 named the MLP's layers instead of numbering them.
        return _torchvision
            ? name.Replace(".mlp.linear_1.", ".mlp.0.", StringComparison.Ordinal).Replace(".mlp.linear_2.", ".mlp.3.", StringComparison.Ordinal)
            : name;
    }
}
