using Cdam.Scenes;
using Cdam.Training.Fitting;
using OpenCvSharp;

namespace Cdam.Training.SceneModels;

/// <summary>Scenes of one object each, held in memory as training needs them: pictures, and how much of each patch the object covers.</summary>
internal sealed class ScenePool
{
    private ScenePool(int count, int side, int patch)
    {
        (Side, Patch) = (side, patch);
        (Pictures, Masks, Coverages) = (new byte[count][], new byte[count][], new byte[count][]);
        (Classes, Patterns) = (new int[count], new int[count]);
        (ObjectColours, GroundColours) = (new byte[count][], new byte[count][]);
    }

    public int Side { get; }

    public int Patch { get; }

    public int Count => Classes.Length;

    /// <summary>side × side × 3 bytes each.</summary>
    public byte[][] Pictures { get; }

    /// <summary>side × side bytes each, 1 where the object is.</summary>
    public byte[][] Masks { get; }

    /// <summary>A byte for each patch, 255 where the object covers it all.</summary>
    public byte[][] Coverages { get; }

    /// <summary>Mean R G B of each object.</summary>
    public byte[][] ObjectColours { get; }

    /// <summary>Mean R G B of what is not the object.</summary>
    public byte[][] GroundColours { get; }

    public int[] Classes { get; }

    public int[] Patterns { get; }

    /// <summary>Draws the first scenes of a set, on all processors.</summary>
    public static ScenePool Draw(
        SceneGenerator generator, SceneSet set, int count, int side, int patch, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var pool = new ScenePool(count, side, patch);
        var done = 0;
        // OpenCV's own threads would only wait for each other on pictures this small.
        var threads = Cv2.GetNumThreads();
        Cv2.SetNumThreads(1);
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, index =>
            {
                pool.Keep(index, generator.Draw(set, (uint)index));
                var drawn = Interlocked.Increment(ref done);
                if (drawn % 64 == 0 || drawn == count)
                {
                    progress?.Report(new TrainingProgress($"drawing {set.ToString().ToLowerInvariant()} scenes", drawn, count));
                }
            });
        }
        finally
        {
            Cv2.SetNumThreads(threads);
        }

        return pool;
    }

    private void Keep(int index, Scene scene)
    {
        var only = scene.Objects.Single();
        (Pictures[index], Masks[index]) = (scene.Rgb, only.Mask);
        (Classes[index], Patterns[index]) = (only.ClassIndex, (int)only.Pattern);
        (ObjectColours[index], GroundColours[index]) = (MeanColour(scene.Rgb, only.Mask, 1), MeanColour(scene.Rgb, only.Mask, 0));
        var across = Side / Patch;
        var covered = new int[across * across];
        for (var pixel = 0; pixel < only.Mask.Length; pixel++)
        {
            covered[pixel / Side / Patch * across + pixel % Side / Patch] += only.Mask[pixel];
        }

        Coverages[index] = [.. covered.Select(pixels => (byte)(pixels * 255 / (Patch * Patch)))];
    }

    private static byte[] MeanColour(byte[] rgb, byte[] mask, byte where)
    {
        var (sums, count) = (new int[3], 1);
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            if (mask[pixel] == where)
            {
                count++;
                for (var channel = 0; channel < 3; channel++)
                {
                    sums[channel] += rgb[pixel * 3 + channel];
                }
            }
        }

        return [.. sums.Select(sum => (byte)(sum / count))];
    }
}
