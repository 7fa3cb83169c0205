using OpenCvSharp;

namespace Cdam.Scoring.Perturbations;

/// <summary>The baseline of the paper's evaluation: the picture blurred by OpenCV's Gaussian.</summary>
public static class GaussianBlur
{
    /// <summary>Standard deviation in pixels.</summary>
    public const double Sigma = 14;

    /// <summary>Names the blur in results: other libraries' Gaussians differ, most of all at the borders.</summary>
    public const string Description = "opencv-gaussian sigma=14";

    /// <summary>Blurs an RGB picture; the input stays as it is.</summary>
    /// <param name="rgb">height × width × 3 bytes, row-major.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <returns>A new array of the same layout.</returns>
    /// <exception cref="NativeLibraryMissingException">OpenCV's native library cannot be loaded.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> rgb, int width, int height)
    {
        RgbBytes.Check(rgb, width, height);
        var blurred = rgb.ToArray();
        try
        {
            BlurInPlace(blurred, width, height);
        }
        catch (Exception fault) when (fault is TypeInitializationException or DllNotFoundException)
        {
            throw new NativeLibraryMissingException(fault);
        }

        return blurred;
    }

    private static void BlurInPlace(byte[] pixels, int width, int height)
    {
        using var picture = Mat.FromPixelData(height, width, MatType.CV_8UC3, pixels);

        // An empty kernel size lets OpenCV derive it from sigma; the border is its default, reflection without the edge pixel.
        Cv2.GaussianBlur(picture, picture, new Size(0, 0), Sigma);
    }
}
