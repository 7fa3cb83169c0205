namespace Cdam.Attribution.Rendering;

/// <summary>How a map of few tokens is brought to the picture's size.</summary>
public enum Upsampling
{
    /// <summary>Each pixel takes its token's score: what token maps are scored by.</summary>
    Repeat,

    /// <summary>Scores are interpolated between the tokens' centres, and held beyond the outermost.</summary>
    Bilinear,
}
