using Cdam.Training.Fitting;
using Cdam.Training.Scenes;
using OpenCvSharp;

namespace Cdam.Training.SceneModels;

/// <summary>Scenes of one object each, held in memory as training needs them: pictures, and how much of each patch the object covers.</summary>
internal sealed class ScenePool
{
    private ScenePool(int count, int side, int patch)
    {
        (Side, Patch) = (side, patch);
        (Pictures, Coverages) = (new byte[count][], new byte[count][]);
        (Classes, Patterns) = (new int[count], new int[count]);
    }

    public int Side { get; }

    public int Patch { get; }

    public int Count => Classes.Length;

    /// <summary>side × side × 3 bytes each.</summary>
    public byte[][] Pictures { get; }

    /// <summary>A byte for each patch, 255 where the object covers it all.</summary>
    public byte[][] Coverages { get; }

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
        (Pictures[index], Classes[index], Patterns[index]) = (scene.Rgb, only.ClassIndex, (int)only.Pattern);
        var across = Side / Patch;
        var covered = new int[across * across];
        for (var pixel = 0; pixel < only.Mask.Length; pixel++)
        {
            covered[pixel / Side / Patch * across + pixel % Side / Patch] += only.Mask[pixel];
        }

        Coverages[index] = [.. covered.Select(pixels => (byte)(pixels * 255 / (Patch * Patch)))];
    }
}
