namespace Cdam.Scoring.Perturbations;

/// <summary>Makes baselines.</summary>
public static class BaselineBlurExtensions
{
    /// <summary>Names the blur in results.</summary>
    public static string Description(this BaselineBlur blur) => blur switch
    {
        BaselineBlur.OpenCvGaussian => GaussianBlur.Description,
        BaselineBlur.PillowGaussian => PillowBlur.Description,
        _ => throw Unknown(blur),
    };

    /// <summary>Blurs an RGB picture; the input stays as it is.</summary>
    /// <param name="blur">Which blur.</param>
    /// <param name="rgb">height × width × 3 bytes, row-major.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <returns>A new array of the same layout.</returns>
    public static byte[] Apply(this BaselineBlur blur, ReadOnlySpan<byte> rgb, int width, int height) => blur switch
    {
        BaselineBlur.OpenCvGaussian => GaussianBlur.Apply(rgb, width, height),
        BaselineBlur.PillowGaussian => PillowBlur.Apply(rgb, width, height),
        _ => throw Unknown(blur),
    };

    private static ArgumentOutOfRangeException Unknown(BaselineBlur blur) =>
        new(nameof(blur), blur, "Must be OpenCvGaussian or PillowGaussian.");
}
