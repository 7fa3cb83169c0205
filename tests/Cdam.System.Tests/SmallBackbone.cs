using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;

namespace Cdam.System.Tests;

/// <summary>A network that costs nothing: 32 pixels, 4 × 4 patches, 48 values a token.</summary>
internal static class SmallBackbone
{
    public static BackboneReference Reference { get; } = new(null, new BackboneConfig
    {
        Naming = BackboneNaming.Dino,
        Image = 32,
        Patch = 8,
        Dim = 48,
        Depth = 2,
        Heads = 3,
        Mlp = 96,
    });
}
