namespace Cdam.Attribution.Backbones;

/// <summary>The tensor names of one block.</summary>
internal sealed record BlockNames
{
    public required string Norm1Weight { get; init; }

    public required string Norm1Bias { get; init; }

    public required string QkvWeight { get; init; }

    public required string QkvBias { get; init; }

    public required string ProjectionWeight { get; init; }

    public required string ProjectionBias { get; init; }

    public required string Norm2Weight { get; init; }

    public required string Norm2Bias { get; init; }

    public required string Mlp1Weight { get; init; }

    public required string Mlp1Bias { get; init; }

    public required string Mlp2Weight { get; init; }

    public required string Mlp2Bias { get; init; }

    public string Scale1 { get; init; } = "";

    public string Scale2 { get; init; } = "";

    public static BlockNames Dino(string prefix) => new()
    {
        Norm1Weight = prefix + "norm1.weight",
        Norm1Bias = prefix + "norm1.bias",
        QkvWeight = prefix + "attn.qkv.weight",
        QkvBias = prefix + "attn.qkv.bias",
        ProjectionWeight = prefix + "attn.proj.weight",
        ProjectionBias = prefix + "attn.proj.bias",
        Norm2Weight = prefix + "norm2.weight",
        Norm2Bias = prefix + "norm2.bias",
        Mlp1Weight = prefix + "mlp.fc1.weight",
        Mlp1Bias = prefix + "mlp.fc1.bias",
        Mlp2Weight = prefix + "mlp.fc2.weight",
        Mlp2Bias = prefix + "mlp.fc2.bias",
        Scale1 = prefix + "ls1.gamma",
        Scale2 = prefix + "ls2.gamma",
    };

    public static BlockNames Torchvision(string prefix) => new()
    {
        Norm1Weight = prefix + "ln_1.weight",
        Norm1Bias = prefix + "ln_1.bias",
        QkvWeight = prefix + "self_attention.in_proj_weight",
        QkvBias = prefix + "self_attention.in_proj_bias",
        ProjectionWeight = prefix + "self_attention.out_proj.weight",
        ProjectionBias = prefix + "self_attention.out_proj.bias",
        Norm2Weight = prefix + "ln_2.weight",
        Norm2Bias = prefix + "ln_2.bias",
        Mlp1Weight = prefix + "mlp.0.weight",
        Mlp1Bias = prefix + "mlp.0.bias",
        Mlp2Weight = prefix + "mlp.3.weight",
        Mlp2Bias = prefix + "mlp.3.bias",
    };
}
