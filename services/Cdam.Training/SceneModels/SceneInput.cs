using Cdam.Attribution.Preprocessing;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Pictures as the scene model takes them: at their own size, normalised as ImageNet's usually are.</summary>
internal static class SceneInput
{
    /// <summary>What the model's manifest says.</summary>
    public static PreprocessingOptions Preprocessing(int side) => new() { Side = side, Crop = side };

    /// <param name="pictures">B × side × side × 3 bytes.</param>
    /// <returns>B × 3 × side × side</returns>
    public static Tensor Of(byte[] pictures, int count, int side, Device device)
    {
        var options = Preprocessing(side);
        var pixels = tensor(pictures, [count, side, side, 3], device: device).to(ScalarType.Float32).permute(0, 3, 1, 2);
        var (mean, deviation) = (tensor(options.Mean, [1, 3, 1, 1], device: device), tensor(options.Std, [1, 3, 1, 1], device: device));
        return (pixels / 255 - mean) / deviation;
    }
}
