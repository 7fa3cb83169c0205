using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>A rectangle; empty if a side is 0.</summary>
internal sealed record BoxRegion(int Top, int Left, int BoxHeight, int BoxWidth) : PixelRegion
{
    public override PixelImage Apply(PerturbedPicture picture, int step)
    {
        var rgb = (byte[])picture.Picture.Rgb.Clone();
        for (var row = Top; row < Top + BoxHeight; row++)
        {
            var start = (row * picture.Width + Left) * 3;
            picture.Baseline.Rgb.AsSpan(start, BoxWidth * 3).CopyTo(rgb.AsSpan(start));
        }

        return new PixelImage(picture.Width, picture.Height, rgb);
    }
}
