using Cdam.Attribution.Backbones;
using Cdam.Attribution.Models;

namespace Cdam.Attribution.Randomisation;

/// <summary>
/// A network cut into stages from its output to its input: head (if there is one), last LayerNorm with the final block, the other blocks,
/// and last everything that makes tokens of pixels: patches, [CLS], registers, positions. Each weight is in exactly one.
/// </summary>
internal static class WeightStages
{
    /// <param name="config">The architecture.</param>
    /// <param name="head">The head's tensors; none without head.</param>
    public static IReadOnlyList<WeightStage> Of(BackboneConfig config, IEnumerable<string> head)
    {
        var names = new StateNames(config.Naming);
        var headStage = new WeightStage("head", head.Select(name => (ModelPart.Head, name)).ToHashSet());
        var final = config.Depth - 1;
        var stages = new List<WeightStage>
        {
            Backbone($"norm + block {final}", [names.NormWeight, names.NormBias, .. Block(final)]),
        };
        for (var block = final - 1; block >= 0; block--)
        {
            stages.Add(Backbone($"block {block}", Block(block)));
        }

        var inBlocks = stages.SelectMany(stage => stage.Tensors).Select(tensor => tensor.Name).ToHashSet();
        stages.Add(Backbone("embedding", BackboneState.Describe(config).Select(entry => entry.Name).Where(name => !inBlocks.Contains(name))));
        return headStage.Tensors.Count > 0 ? [headStage, .. stages] : stages;

        IEnumerable<string> Block(int index) => BackboneState.DescribeBlock(config, index).Select(entry => entry.Name);
    }

    private static WeightStage Backbone(string name, IEnumerable<string> tensors) => new(name, tensors.Select(tensor => (ModelPart.Backbone, tensor)).ToHashSet());
}
