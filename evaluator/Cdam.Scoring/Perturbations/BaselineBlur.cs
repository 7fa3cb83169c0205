namespace Cdam.Scoring.Perturbations;

/// <summary>The blurs that can make the baseline.</summary>
public enum BaselineBlur
{
    /// <summary>The paper's: <see cref="GaussianBlur"/>.</summary>
    OpenCvGaussian,

    /// <summary>What a later tool of the paper's authors uses: <see cref="PillowBlur"/>.</summary>
    PillowGaussian,
}
