using Cdam.Attribution.Arithmetic;
using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods.Pixels;
using static Cdam.Attribution.Arithmetic.TensorArithmetic;
using static TorchSharp.torch;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Integrated gradients from the zero baseline of the normalised input (ImageNet's mean colour), S_p = mean over the channels of
/// x_cp × mean over k = 1..n of ∂f(k/n x)/∂x_cp. The paper sums over channels, so that all scores add up to f(x) − f(0); here the mean
/// is taken, as in the comparison of arXiv 2312.02364, and three times their sum does, up to the step error, which is reported.
/// Costs n forward passes, of which the n-th is the one that predicts, and n backward passes a target; the baseline's logits are kept
/// for the model.
/// </summary>
internal sealed class IntegratedGradientsMethod : IAttributionMethod
{
    private const int Channels = 3;

    public MethodDescription Description { get; } = new()
    {
        Name = "integrated-gradients",
        Aliases = ["integrated_gradients", "intgrad", "ig"],
        DisplayName = "Integrated gradients",
        Summary = "S_p = mean over the channels c of x_cp × mean over k = 1..n of ∂f(k/n x)/∂x_cp, x being the normalised input, zero its baseline.",
        Reference = "Sundararajan, Taly, Yan 2017 (arXiv 1703.01365), Eq. 3",
        Cost = "A forward pass for each step, the last being the prediction's, and a backward pass for each step and target.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
        Granularity = MapGranularity.Pixel,
        Parameters = [new MethodParameter("sample_count", "50", "1 to 1000")],
    };

    public MethodRequest Defaults { get; } = new("integrated-gradients") { SampleCount = 50 };

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var steps = parameters.SampleCount!.Value;
        var input = image.Input.to_type(ScalarType.Float32);
        var sum = new InputGradients(image).AtImage().mul_(input).mean([1]).flatten(1);             // k = n
        var scores = steps == 1 ? sum : sum.AddInPlace(PixelMap.Sum(image, steps - 1, Path, input)).DivideInPlace(steps);
        var gaps = (scores.sum(1).Times(Channels) - Change(image)).abs_();
        return new MapTensors(scores, CompletenessGaps: gaps.cpu().data<float>().ToArray());

        Tensor Path(int first, int size) =>
            Range(first + 1, first + size + 1, ScalarType.Float32, input.device).DivideInPlace(steps).view(-1, 1, 1, 1) * input;
    }

    /// <summary>f(x) − f(0), C.</summary>
    private static Tensor Change(ImageState image) =>
        (image.Targets.Values(image.ClassToken.Latent) - image.Targets.Values(image.Backbone.BaselineLatent(image.Input)))[0];
}
