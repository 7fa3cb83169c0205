using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods.Pixels;

/// <summary>Sums of gradients over samples of the input, chunk by chunk within the memory budget.</summary>
internal static class PixelMap
{
    /// <summary>Samples that the budget allows at a time, at least 1.</summary>
    public static int ChunkSize(ImageState image, int count) =>
        (int)Math.Clamp(image.SampleBytes / new InputGradients(image).SampleBytes, 1, count);

    /// <summary>For each target the mean over channels of factor ⊙ (sum over samples of ∂f/∂input).</summary>
    /// <param name="image">The image.</param>
    /// <param name="count">Samples, at least 1.</param>
    /// <param name="samples">Makes the samples (first, size): size × 3 × H × W, in any type. Asked again for those of a chunk that did not fit.</param>
    /// <param name="factor">1 × 3 × H × W; null for 1.</param>
    /// <returns>C × H·W, float32.</returns>
    public static Tensor Sum(ImageState image, int count, Func<int, int, Tensor> samples, Tensor? factor)
    {
        var gradients = new InputGradients(image);
        var sum = zeros(image.Targets.Count, image.Input.shape[2], image.Input.shape[3], device: image.Input.device);
        new SampleChunks(count, ChunkSize(image, count)).Run((first, size) =>
        {
            using var scope = NewDisposeScope();
            var gradient = gradients.Sum(samples(first, size).to_type(image.Input.dtype));           // C × 3 × H × W
            sum.AddInPlace((factor is null ? gradient : gradient.mul_(factor)).mean([1]));
        });
        return sum.flatten(1);
    }
}
