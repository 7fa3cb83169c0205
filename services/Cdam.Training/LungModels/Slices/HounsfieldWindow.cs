using Cdam.Attribution.Volumes;

namespace Cdam.Training.LungModels.Slices;

/// <summary>Measures what normalisation needs, over the training part alone.</summary>
internal static class HounsfieldWindow
{
    /// <summary>Options with mean and standard deviation of all voxels, clamped to the default window of −1000 to 400.</summary>
    /// <param name="crops">At least one.</param>
    /// <param name="side">Of the network's input, pixels.</param>
    /// <exception cref="ArgumentException">The voxels differ by less than 1 HU, so that nothing could be told from them.</exception>
    public static VolumeOptions Measure(IReadOnlyList<VolumeCrop> crops, int side)
    {
        var window = new VolumeOptions { Mean = 0, Std = 1, Side = side };
        var (count, sum, squares) = (0L, 0L, 0L);
        foreach (var crop in crops)
        {
            foreach (var voxel in crop.Voxels.Span)
            {
                var clamped = (long)Math.Clamp((int)voxel, window.HuMin, window.HuMax);
                (count, sum, squares) = (count + 1, sum + clamped, squares + clamped * clamped);
            }
        }

        // Sums of whole numbers are exact, so that no order and no number of threads can change the result.
        var mean = (double)sum / count;
        var std = Math.Sqrt(Math.Max(0, (double)squares / count - mean * mean));
        return std >= 1
            ? window with { Mean = (float)mean, Std = (float)std }
            : throw new ArgumentException($"the training nodules' voxels have a standard deviation of {std:0.###} HU; must be at least 1");
    }
}
