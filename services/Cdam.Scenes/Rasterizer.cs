using Cdam.Scenes.Silhouettes;
using OpenCvSharp;

namespace Cdam.Scenes;

/// <summary>Fills polygons with soft edges.</summary>
internal static class Rasterizer
{
    /// <summary>Corners are given to OpenCV in sixteenths of a pixel.</summary>
    private const int FractionBits = 4;

    /// <returns>side × side, the share of each pixel that is covered, 0 to 1.</returns>
    public static float[] Coverage(int side, IReadOnlyList<SilhouettePart> parts)
    {
        using var mask = new Mat(side, side, MatType.CV_8UC1, Scalar.Black);
        foreach (var part in parts)
        {
            var corners = part.Outline.Select(point => new Point(Fixed(point.X), Fixed(point.Y)));
            Cv2.FillPoly(mask, [corners], part.Cut ? Scalar.Black : Scalar.White, LineTypes.AntiAlias, FractionBits);
        }

        mask.GetArray(out byte[] bytes);
        return [.. bytes.Select(value => value / 255f)];
    }

    private static int Fixed(double pixels) => (int)Math.Round(pixels * (1 << FractionBits));
}
