using Cdam.Attribution.Backbones;
using static TorchSharp.torch;

namespace Cdam.Attribution.Tests.Backbones;

/// <summary>Small backbones with random weights, so that every term of every formula counts.</summary>
internal static class RandomBackbone
{
    /// <summary>48 wide, 3 heads, made for 4 × 4 patches; DINOv2 with registers and LayerScale.</summary>
    public static BackboneConfig Config(BackboneNaming naming) => new()
    {
        Naming = naming,
        Image = 16,
        Patch = 4,
        Dim = 48,
        Depth = naming == BackboneNaming.DinoV2 ? 3 : 2,
        Heads = 3,
        Mlp = 96,
        Registers = naming == BackboneNaming.DinoV2 ? 4 : 0,
        LayerScale = naming == BackboneNaming.DinoV2,
    };

    public static VisionTransformer Create(BackboneConfig config, ulong seed) =>
        new(config, BackboneState.Describe(config)
            .Select((entry, index) => (entry.Name, Value: Draw(entry.Name, entry.Shape, seed + (ulong)index)))
            .ToDictionary(entry => entry.Name, entry => entry.Value));

    /// <summary>Products keep the scale of what they multiply, scales lie around 1, and nothing is 0.</summary>
    private static Tensor Draw(string name, long[] shape, ulong seed)
    {
        var drawn = RandomTensor.Normal(seed, shape);
        if (shape.Length == 1)
        {
            var isScale = name.EndsWith("weight", StringComparison.Ordinal) || name.EndsWith("gamma", StringComparison.Ordinal);
            return drawn * 0.2 + (isScale ? 1 : 0);
        }

        var isWeight = name.EndsWith("weight", StringComparison.Ordinal);
        return isWeight ? drawn / Math.Sqrt((double)drawn.numel() / shape[0]) : drawn * 0.5;
    }
}
