using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>Every pixel, or none.</summary>
internal sealed record WholeRegion(bool Everything) : PixelRegion
{
    public override PixelImage Apply(PerturbedPicture picture, int step) => Everything ? picture.Baseline : picture.Picture;
}
