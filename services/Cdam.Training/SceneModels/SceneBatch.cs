using Cdam.Scenes;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Pictures with soft labels for the whole and for each patch.</summary>
/// <param name="count">B</param>
/// <param name="side">In pixels.</param>
/// <param name="across">Patches across, P.</param>
internal sealed class SceneBatch(int count, int side, int across)
{
    /// <summary>Kinds of surface.</summary>
    public static int PatternLabels { get; } = Enum.GetValues<TexturePattern>().Length;

    private static int ClassLabels => SceneGenerator.ClassNames.Count;

    /// <summary>B × side × side × 3</summary>
    public byte[] Pictures { get; } = new byte[count * side * side * 3];

    /// <summary>B × side × side, 1 where an object is.</summary>
    public byte[] Masks { get; } = new byte[count * side * side];

    /// <summary>B × classes, each row sums to 1.</summary>
    public float[] Classes { get; } = new float[count * ClassLabels];

    /// <summary>B × patterns, each row sums to 1.</summary>
    public float[] Patterns { get; } = new float[count * PatternLabels];

    /// <summary>B × P × P × classes, each row sums to the share of the patch that an object covers.</summary>
    public float[] Patches { get; } = new float[count * across * across * ClassLabels];

    /// <summary>The batch as tensors, its pictures made smaller by a whole factor, patches keeping their size in pixels.</summary>
    /// <param name="shrink">1, or a number that divides P.</param>
    public SceneTensors ToTensors(int shrink, Device device)
    {
        var patch = side / across;
        var masks = SceneInput.Shrunk(tensor(Masks, [count, 1, side, side], device: device).to(ScalarType.Float32), shrink);
        var patches = SceneInput.Shrunk(tensor(Patches, [count, across, across, ClassLabels], device: device).permute(0, 3, 1, 2), shrink);
        var fewer = across / shrink;
        return new SceneTensors(
            SceneInput.Of(Pictures, count, side, shrink, device),
            tensor(Classes, [count, ClassLabels], device: device),
            tensor(Patterns, [count, PatternLabels], device: device),
            patches.flatten(2).transpose(1, 2),
            masks.view(count, fewer, patch, fewer, patch).permute(0, 1, 3, 2, 4).reshape(count, fewer * fewer, patch * patch));
    }
}
