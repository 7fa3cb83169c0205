using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>A picture and what replaces its pixels, of the same size.</summary>
internal sealed record PerturbedPicture(PixelImage Picture, PixelImage Baseline)
{
    public int Height => Picture.Height;

    public int Width => Picture.Width;

    /// <summary>height × width</summary>
    public int Pixels => Height * Width;
}
