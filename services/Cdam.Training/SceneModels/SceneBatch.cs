using Cdam.Training.Scenes;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Pictures with soft labels for the whole and for each patch.</summary>
/// <param name="count">B</param>
/// <param name="side">In pixels.</param>
/// <param name="patches">Patches of a picture, P.</param>
internal sealed class SceneBatch(int count, int side, int patches)
{
    /// <summary>Labels of a patch: the classes, then background.</summary>
    public static int PatchLabels => SceneGenerator.ClassNames.Count + 1;

    /// <summary>Kinds of surface.</summary>
    public static int PatternLabels { get; } = Enum.GetValues<TexturePattern>().Length;

    /// <summary>B × side × side × 3</summary>
    public byte[] Pictures { get; } = new byte[count * side * side * 3];

    /// <summary>B × classes, each row sums to 1.</summary>
    public float[] Classes { get; } = new float[count * SceneGenerator.ClassNames.Count];

    /// <summary>B × patterns, each row sums to 1.</summary>
    public float[] Patterns { get; } = new float[count * PatternLabels];

    /// <summary>B × P × labels, each row sums to 1.</summary>
    public float[] Patches { get; } = new float[count * patches * PatchLabels];

    /// <summary>The network's input, B × 3 × side × side, normalised.</summary>
    public Tensor Input(Device device) => SceneInput.Of(Pictures, count, side, device);

    public Tensor ClassTargets(Device device) => tensor(Classes, [count, SceneGenerator.ClassNames.Count], device: device);

    public Tensor PatternTargets(Device device) => tensor(Patterns, [count, PatternLabels], device: device);

    public Tensor PatchTargets(Device device) => tensor(Patches, [count, patches, PatchLabels], device: device);
}
