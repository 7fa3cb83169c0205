using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.Preprocessing;
using static TorchSharp.torch;

namespace Cdam.Training.SceneModels;

/// <summary>Pictures as the scene model takes them: at their own size, normalised as ImageNet's usually are.</summary>
internal static class SceneInput
{
    /// <summary>What the model's manifest says.</summary>
    public static PreprocessingOptions Preprocessing(int side) => new() { Side = side, Crop = side };

    /// <param name="pictures">B × side × side × 3 bytes.</param>
    /// <param name="shrink">How many times smaller the sides become.</param>
    /// <returns>B × 3 × side/shrink × side/shrink</returns>
    public static Tensor Of(byte[] pictures, int count, int side, int shrink, Device device)
    {
        var options = Preprocessing(side);
        var pixels = tensor(pictures, [count, side, side, 3], device: device).to(ScalarType.Float32).permute(0, 3, 1, 2);
        var (mean, deviation) = (tensor(options.Mean, [1, 3, 1, 1], device: device), tensor(options.Std, [1, 3, 1, 1], device: device));
        return Shrunk((pixels.Over(255) - mean) / deviation, shrink);
    }

    /// <summary>Planes made smaller by averaging squares.</summary>
    public static Tensor Shrunk(Tensor planes, int factor) => factor == 1 ? planes : nn.functional.avg_pool2d(planes, factor);
}
