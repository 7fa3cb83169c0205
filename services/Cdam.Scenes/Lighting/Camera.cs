using System.Numerics.Tensors;
using Cdam.Randomness;
using Cdam.Scenes.Painting;
using OpenCvSharp;

namespace Cdam.Scenes.Lighting;

/// <summary>What light and camera do to the whole picture: uneven light, a tint, exposure, a little blur, noise.</summary>
internal static class Camera
{
    public static void Expose(Canvas canvas, RandomStream random)
    {
        Light(canvas, random);
        Defocus(canvas, random.Uniform(0, 0.006) * canvas.Side);
        var noise = new float[canvas.Rgb.Length];
        GaussianNoise.Fill(noise, seed: random.Bits(), first: 0);
        TensorPrimitives.MultiplyAdd(noise, (float)random.Uniform(0.005, 0.04), canvas.Rgb, canvas.Rgb);
    }

    private static void Light(Canvas canvas, RandomStream random)
    {
        var side = canvas.Side;
        var (slopeX, slopeY) = (random.Uniform(-0.25, 0.25), random.Uniform(-0.25, 0.25));
        var (exposure, vignette) = (random.Uniform(0.8, 1.15), random.Uniform(0, 0.3));
        var tint = new[] { random.Uniform(0.9, 1.1), random.Uniform(0.95, 1.05), random.Uniform(0.9, 1.1) };
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (x, y) = (2.0 * column / side - 1, 2.0 * row / side - 1);
                var light = exposure * (1 + slopeX * x + slopeY * y) * (1 - vignette * (x * x + y * y) / 2);
                for (var channel = 0; channel < 3; channel++)
                {
                    canvas.Rgb[(row * side + column) * 3 + channel] *= (float)(light * tint[channel]);
                }
            }
        }
    }

    /// <param name="sigma">In pixels.</param>
    private static void Defocus(Canvas canvas, double sigma)
    {
        if (sigma < 0.2)
        {
            return;    // Less than this moves nothing.
        }

        using var picture = Mat.FromPixelData(canvas.Side, canvas.Side, MatType.CV_32FC3, canvas.Rgb);
        Cv2.GaussianBlur(picture, picture, new Size(0, 0), sigma, borderType: BorderTypes.Replicate);
    }
}
