namespace Cdam.Explainer.Perturbations;

/// <summary>Which pixels are replaced. A struct, so that the loop over pixels calls it directly.</summary>
internal interface IPixelRule
{
    /// <param name="pixel">row × width + column</param>
    bool Replaces(int pixel);
}
