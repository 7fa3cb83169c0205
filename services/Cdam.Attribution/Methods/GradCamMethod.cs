using Cdam.Attribution.ClosedForm;
using Cdam.Attribution.Rendering;

namespace Cdam.Attribution.Methods;

/// <summary>
/// GradCAM for ViT: the patch tokens T_i fed to the final attention, weighted by their mean gradient,
/// <code>S_i = max(0, Σ_j w_j T_ij),  w_j = mean over patches of ∂f/∂T_ij</code>
/// with the residual path held. C × patches, not negative. The mean gradient comes from the closed form without any token's gradient
/// being made (<see cref="TokenScores.MeanGradient"/>): O(H d) after what CDAM needs, and one product of the tokens with a vector.
/// </summary>
internal sealed class GradCamMethod : IAttributionMethod
{
    public MethodDescription Description { get; } = new()
    {
        Name = "gradcam",
        Aliases = ["grad-cam", "grad_cam", "vit-gradcam"],
        DisplayName = "GradCAM",
        Summary = "max(0, Σ_j w_j T_ij) over the patch tokens fed to the final attention, w_j = mean over patches of ∂f/∂T_ij.",
        Reference = "Selvaraju et al. 2017 (arXiv 1610.02391); for ViT: Gildenblat, pytorch-grad-cam",
        Departures = "Tokens of the final block take the place of a convolution's channels. Not rescaled to 0-1.",
        Cost = "About that of CDAM: a forward pass, no automatic differentiation.",
        DefinitionVersion = "1",
        Signed = false,
        ClassDiscriminative = true,
        Upsampling = Upsampling.Bilinear,
    };

    public MethodRequest Defaults { get; } = new("gradcam");

    public MapTensors Explain(ImageState image, MethodRequest parameters, bool heads)
    {
        var gradient = image.Scorer.For(image.Tokens, image.Attention, image.ClassToken).MeanGradient(image.Grid.Prefix);    // 1 × C × d
        return new MapTensors(image.Patches(image.Tokens.Project(gradient)[0]).relu());
    }
}
