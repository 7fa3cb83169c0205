using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods.Noise;
using Cdam.Attribution.Methods.Pixels;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// SmoothGrad: S_p = mean over the channels of the mean over n noisy inputs x + ε of ∂f/∂x_cp, ε normal with a standard deviation of
/// level × (max − min) of the normalised input. The paper draws magnitudes; here, as in the comparison of arXiv 2312.02364, signs are
/// kept. Costs n forward passes, n backward passes a target, and the noise, which on a processor is less than 1 % of a pass.
/// </summary>
internal sealed class SmoothGradMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "smooth-grad",
        Aliases = ["smooth_grad", "smoothgrad", "smooth-gradient", "smooth_gradient"],
        DisplayName = "SmoothGrad",
        Summary = "S_p = mean over the channels c and over n noisy inputs x' of ∂f(x')/∂x'_cp.",
        Reference = "Smilkov, Thorat, Kim, Viégas, Wattenberg 2017 (arXiv 1706.03825)",
        Cost = "A forward pass for each sample and one more, and a backward pass for each sample and target.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
        Seeded = true,
        Granularity = MapGranularity.Pixel,
        Parameters =
        [
            new MethodParameter("sample_count", "50", "1 to 1000"),
            new MethodParameter("noise_level", "0.15", "above 0, at most 1"),
            new MethodParameter("seed", "0", "any 64-bit number"),
            new MethodParameter("noise", "drawn from the seed", "samples × 3 × height × width values"),
        ],
    };

    public MethodRequest Defaults { get; } = new("smooth-grad") { SampleCount = 50, NoiseLevel = 0.15f, Seed = 0 };

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var input = image.Input.to_type(ScalarType.Float32);
        var count = NoisyCopies.CountOf(input, parameters);
        using var noisy = new NoisyCopies(input, parameters, PixelMap.ChunkSize(image, count));
        return new MapTensors(PixelMap.Sum(image, count, (first, size) => noisy.Take(first, size), factor: null).DivideInPlace(count));
    }
}
