using System.Text.Json.Serialization;

namespace Cdam.Attribution.Backbones;

/// <summary>Everything about a Vision Transformer that its state dict does not say.</summary>
public sealed record BackboneConfig
{
    /// <summary>Naming of the state dict.</summary>
    public required BackboneNaming Naming { get; init; }

    /// <summary>Side, in pixels, that the positional embedding was made for; a multiple of <see cref="Patch"/>.</summary>
    public required int Image { get; init; }

    /// <summary>Side of a patch, in pixels.</summary>
    public required int Patch { get; init; }

    /// <summary>Width of a token; a multiple of <see cref="Heads"/>.</summary>
    public required int Dim { get; init; }

    /// <summary>Number of blocks, at least 1.</summary>
    public required int Depth { get; init; }

    /// <summary>Attention heads in a block.</summary>
    public required int Heads { get; init; }

    /// <summary>Width of the MLP's hidden layer.</summary>
    public required int Mlp { get; init; }

    /// <summary>Register tokens between [CLS] and the patches.</summary>
    public int Registers { get; init; }

    /// <summary>Whether the residual branches are scaled by learned vectors (LayerScale).</summary>
    [JsonPropertyName("layerscale")]
    public bool LayerScale { get; init; }

    /// <summary>The ε of every LayerNorm.</summary>
    [JsonPropertyName("eps")]
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>How the positional embedding is resized to other grids; null means the naming's published way.</summary>
    public PositionResampling? Positions { get; init; }

    /// <summary>Tokens before the first patch: [CLS] and registers.</summary>
    [JsonIgnore]
    public int PrefixTokens => 1 + Registers;

    /// <summary>Checks that the numbers fit together.</summary>
    /// <exception cref="ArgumentException">All faults, in one message.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Require(Patch is >= 1 and <= 256, $"patch is {Patch}; must be 1 to 256");
        Require(Image >= Patch && Patch > 0 && Image % Patch == 0, $"image is {Image}; must be a multiple of patch ({Patch})");
        Require(Heads >= 1 && Dim >= Heads && Dim % Heads == 0 && Dim <= 16384, $"dim is {Dim}; must be a multiple of heads ({Heads}), at most 16384");
        Require(Depth is >= 1 and <= 256, $"depth is {Depth}; must be 1 to 256");
        Require(Mlp is >= 1 and <= 65536, $"mlp is {Mlp}; must be 1 to 65536");
        Require(Registers is >= 0 and <= 256, $"registers is {Registers}; must be 0 to 256");
        Require(Epsilon is > 0 and < 1, $"eps is {Epsilon}; must be above 0 and below 1");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"backbone: {string.Join("; ", faults)}");
        }

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }
    }
}
