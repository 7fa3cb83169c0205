using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Methods.Pixels;

namespace Cdam.Attribution.Methods;

/// <summary>
/// Input × gradient: the input's share of a linear approximation of f, S_p = mean over the three channels of x_cp ∂f/∂x_cp, x
/// normalised as the network takes it. The paper adds channels up or takes magnitudes as it likes; here, as in the comparison of
/// arXiv 2312.02364, they are averaged with their signs. Costs a forward pass, and a backward pass a target.
/// </summary>
internal sealed class InputXGradientMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "input-x-gradient",
        Aliases = ["input_x_gradient", "ixg", "inputxgradient"],
        DisplayName = "Input × gradient",
        Summary = "S_p = mean over the channels c of x_cp ∂f/∂x_cp, x being the normalised input.",
        Reference = "Shrikumar, Greenside, Shcherbina, Kundaje 2016 (arXiv 1605.01713)",
        Cost = "A forward pass, and a backward pass to the image for each target.",
        DefinitionVersion = "1",
        Signed = true,
        ClassDiscriminative = true,
        Granularity = MapGranularity.Pixel,
    };

    public MethodRequest Defaults { get; } = new("input-x-gradient");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads) =>
        new(new InputGradients(image).AtImage().mul_(image.Input).mean([1]).flatten(1));
}
