namespace Cdam.Attribution.Backbones;

/// <summary>
/// The tensors that a backbone of a given architecture needs: their names in its own naming, and their shapes. One table serves
/// loading, checking and making random weights.
/// </summary>
public static class BackboneState
{
    /// <summary>Names in the checkpoint with their shapes, in the order of the network.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Describe(BackboneConfig config)
    {
        var names = new StateNames(config.Naming);
        long dim = config.Dim, patches = (long)(config.Image / config.Patch) * (config.Image / config.Patch);
        var state = new List<(string, long[])>
        {
            (names.ClassToken, [1, 1, dim]),
            (names.Positions, [1, 1 + patches, dim]),
            (names.PatchWeight, [dim, 3, config.Patch, config.Patch]),
            (names.PatchBias, [dim]),
        };
        if (config.Registers > 0)
        {
            state.Add((StateNames.Registers, [1, config.Registers, dim]));
        }

        for (var block = 0; block < config.Depth; block++)
        {
            state.AddRange(DescribeBlock(config, block));
        }

        state.Add((names.NormWeight, [dim]));
        state.Add((names.NormBias, [dim]));
        return state;
    }

    /// <summary>
    /// Whether a tensor of a published backbone may be left unused: DINOv2's mask token, the classification heads that timm and
    /// torchvision keep beside the backbone.
    /// </summary>
    public static bool IsUnused(BackboneConfig config, string name) => config.Naming switch
    {
        BackboneNaming.DinoV2 => name == "mask_token",
        BackboneNaming.Dino => name.StartsWith("head.", StringComparison.Ordinal),
        _ => name.StartsWith("heads.", StringComparison.Ordinal),
    };

    /// <summary>The same for one block, counted from 0.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> DescribeBlock(BackboneConfig config, int block)
    {
        var names = new StateNames(config.Naming).Block(block);
        long dim = config.Dim, mlp = config.Mlp;
        yield return (names.Norm1Weight, [dim]);
        yield return (names.Norm1Bias, [dim]);
        yield return (names.QkvWeight, [3 * dim, dim]);
        yield return (names.QkvBias, [3 * dim]);
        yield return (names.ProjectionWeight, [dim, dim]);
        yield return (names.ProjectionBias, [dim]);
        yield return (names.Norm2Weight, [dim]);
        yield return (names.Norm2Bias, [dim]);
        yield return (names.Mlp1Weight, [mlp, dim]);
        yield return (names.Mlp1Bias, [mlp]);
        yield return (names.Mlp2Weight, [dim, mlp]);
        yield return (names.Mlp2Bias, [dim]);
        if (config.LayerScale)
        {
            yield return (names.Scale1, [dim]);
            yield return (names.Scale2, [dim]);
        }
    }
}
