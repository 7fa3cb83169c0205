namespace Cdam.Attribution.Backbones;

/// <summary>The architectures that manifests can name.</summary>
public static class BackboneCatalog
{
    private static readonly SortedDictionary<string, BackboneConfig> Known = new(StringComparer.Ordinal)
    {
        ["dino-vits8"] = Small(BackboneNaming.Dino, 224, 8),
        ["dino-vits16"] = Small(BackboneNaming.Dino, 224, 16),
        ["dino-vitb8"] = Base(BackboneNaming.Dino, 224, 8),
        ["dino-vitb16"] = Base(BackboneNaming.Dino, 224, 16),
        ["deit-vitb16"] = Base(BackboneNaming.Dino, 224, 16) with { Positions = PositionResampling.Exact },
        ["dinov2-vits14-reg4"] = Small(BackboneNaming.DinoV2, 518, 14) with { Registers = 4, LayerScale = true },
        ["dinov2-vitb14-reg4"] = Base(BackboneNaming.DinoV2, 518, 14) with { Registers = 4, LayerScale = true },
        ["torchvision-vitb16"] = Base(BackboneNaming.Torchvision, 224, 16),
        ["torchvision-vitb16-swag"] = Base(BackboneNaming.Torchvision, 384, 16),
        ["torchvision-vitl16"] = Large(BackboneNaming.Torchvision, 224, 16),
    };

    /// <summary>Names, in alphabetical order, with their architectures.</summary>
    public static IReadOnlyDictionary<string, BackboneConfig> All => Known;

    /// <summary>Finds an architecture by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that there are.</exception>
    public static BackboneConfig Get(string name) => Known.TryGetValue(name, out var config)
        ? config
        : throw new ArgumentException($"backbone is \"{name}\"; known are {string.Join(", ", Known.Keys)}");

    private static BackboneConfig Small(BackboneNaming naming, int image, int patch) =>
        new() { Naming = naming, Image = image, Patch = patch, Dim = 384, Depth = 12, Heads = 6, Mlp = 1536 };

    private static BackboneConfig Base(BackboneNaming naming, int image, int patch) =>
        new() { Naming = naming, Image = image, Patch = patch, Dim = 768, Depth = 12, Heads = 12, Mlp = 3072 };

    private static BackboneConfig Large(BackboneNaming naming, int image, int patch) =>
        new() { Naming = naming, Image = image, Patch = patch, Dim = 1024, Depth = 24, Heads = 16, Mlp = 4096 };
}
