using Cdam.Training.Scenes;

namespace Cdam.Training.SceneModels;

/// <summary>A scene of a pool, as it is or mirrored.</summary>
internal readonly struct PooledScene(ScenePool pool, int index, bool mirrored)
{
    private int Across => pool.Side / pool.Patch;

    /// <summary>Share of the object that lies in a box.</summary>
    public float SeenIn(PatchBox box)
    {
        var (inside, all) = (0, 1);    // 1: a hidden object does not divide by 0.
        for (var patch = 0; patch < Across * Across; patch++)
        {
            var coverage = Coverage(patch);
            all += coverage;
            inside += box.Contains(patch / Across, patch % Across) ? coverage : 0;
        }

        return (float)inside / all;
    }

    /// <summary>Copies a patch's pixels to their place in a picture.</summary>
    public void CopyPixels(int patch, Span<byte> picture)
    {
        var (side, size) = (pool.Side, pool.Patch);
        var source = pool.Pictures[index];
        var (top, left) = (patch / Across * size, patch % Across * size);
        for (var row = top; row < top + size; row++)
        {
            for (var column = left; column < left + size; column++)
            {
                var from = (row * side + (mirrored ? side - 1 - column : column)) * 3;
                source.AsSpan(from, 3).CopyTo(picture[((row * side + column) * 3)..]);
            }
        }
    }

    /// <summary>Writes a patch's label: its class as far as the object covers it, background for the rest.</summary>
    public void Label(int patch, Span<float> labels)
    {
        var coverage = Coverage(patch) / 255f;
        labels[pool.Classes[index]] = coverage;
        labels[^1] = 1 - coverage;
    }

    /// <summary>Adds the scene's share to a picture's labels.</summary>
    public void Label(SceneBatch batch, int place, float share)
    {
        batch.Classes[place * SceneGenerator.ClassNames.Count + pool.Classes[index]] += share;
        batch.Patterns[place * SceneBatch.PatternLabels + pool.Patterns[index]] += share;
    }

    private int Coverage(int patch)
    {
        var column = patch % Across;
        return pool.Coverages[index][mirrored ? patch - column + Across - 1 - column : patch];
    }
}
