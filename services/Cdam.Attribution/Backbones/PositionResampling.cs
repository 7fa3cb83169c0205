namespace Cdam.Attribution.Backbones;

/// <summary>How a positional embedding is resized (always bicubically) to the input's grid; the published codes differ.</summary>
public enum PositionResampling
{
    /// <summary>Scaled by (new + 0.1) / old, as facebookresearch/dino and DINOv2 without registers.</summary>
    Offset,

    /// <summary>Scaled by new / old: torchvision and timm.</summary>
    Exact,

    /// <summary>Scaled by new / old, antialiased: DINOv2 with registers.</summary>
    Antialiased,
}
