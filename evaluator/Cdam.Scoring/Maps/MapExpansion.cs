namespace Cdam.Scoring.Maps;

/// <summary>How a score for each token becomes a score for each pixel.</summary>
public enum MapExpansion
{
    /// <summary>Each pixel takes its patch's score.</summary>
    Repetition,

    /// <summary>
    /// Interpolated between the patches' centres and held beyond the outermost, as torch's interpolate with align_corners = false: for
    /// GradCAM.
    /// </summary>
    Bilinear,
}
