using OpenCvSharp;

namespace Cdam.Scenes.Lighting;

/// <summary>Gaussian blur of one plane.</summary>
internal static class Blur
{
    /// <param name="sigma">In pixels.</param>
    public static float[] Apply(int side, float[] plane, double sigma)
    {
        using var source = Mat.FromPixelData(side, side, MatType.CV_32FC1, plane);
        using var blurred = new Mat();
        Cv2.GaussianBlur(source, blurred, new Size(0, 0), sigma, borderType: BorderTypes.Replicate);
        blurred.GetArray(out float[] values);
        return values;
    }
}
