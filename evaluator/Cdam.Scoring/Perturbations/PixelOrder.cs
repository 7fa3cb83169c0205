namespace Cdam.Scoring.Perturbations;

/// <summary>Which pixels are replaced first.</summary>
public enum PixelOrder
{
    /// <summary>MIF: the logit should fall.</summary>
    MostImportantFirst,

    /// <summary>LIF: the logit should stay.</summary>
    LeastImportantFirst,
}
