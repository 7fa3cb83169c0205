using Cdam.Randomness;
using OpenCvSharp;

namespace Cdam.Scenes.Painting;

/// <summary>Smooth random fields: coarse random grids, enlarged.</summary>
internal static class NoiseField
{
    /// <summary>Octaves of value noise.</summary>
    /// <param name="side">Of the result, in pixels.</param>
    /// <param name="cells">Cells across of the coarsest octave.</param>
    /// <param name="octaves">Each has twice the cells and half the height of the one before.</param>
    /// <returns>side × side, about −1 to 1.</returns>
    public static float[] Draw(int side, int cells, int octaves, RandomStream random)
    {
        using var sum = new Mat(side, side, MatType.CV_32FC1, Scalar.Black);
        using var enlarged = new Mat();
        var height = 1.0;
        for (var octave = 0; octave < octaves && cells < side; octave++, cells *= 2, height /= 2)
        {
            using var grid = new Mat(cells + 1, cells + 1, MatType.CV_32FC1);
            grid.SetArray([.. Enumerable.Range(0, (cells + 1) * (cells + 1)).Select(_ => (float)random.Uniform(-1, 1))]);
            Cv2.Resize(grid, enlarged, new Size(side, side), interpolation: InterpolationFlags.Cubic);
            Cv2.ScaleAdd(enlarged, height, sum, sum);
        }

        sum.GetArray(out float[] values);
        return values;
    }
}
