using Cdam.Attribution.Preprocessing;

namespace Cdam.Explainer.Perturbations;

/// <summary>Pixels to replace, or several sets of them. Checked against the picture before.</summary>
internal abstract record PixelRegion
{
    /// <summary>Number of sets, at least 1.</summary>
    public virtual int Steps => 1;

    /// <summary>The picture with one set of its pixels taken from the baseline.</summary>
    public abstract PixelImage Apply(PerturbedPicture picture, int step);

    /// <summary>Replaces each pixel for which the rule is true.</summary>
    protected static PixelImage Replace<TRule>(PerturbedPicture picture, TRule rule)
        where TRule : struct, IPixelRule
    {
        var rgb = (byte[])picture.Picture.Rgb.Clone();
        var baseline = picture.Baseline.Rgb;
        for (int pixel = 0, sample = 0; sample < rgb.Length; pixel++, sample += 3)
        {
            if (rule.Replaces(pixel))
            {
                (rgb[sample], rgb[sample + 1], rgb[sample + 2]) = (baseline[sample], baseline[sample + 1], baseline[sample + 2]);
            }
        }

        return new PixelImage(picture.Width, picture.Height, rgb);
    }
}
