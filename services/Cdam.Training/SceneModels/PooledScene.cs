using Cdam.Scenes;

namespace Cdam.Training.SceneModels;

/// <summary>A scene of a pool, as it is or mirrored, perhaps faded towards the bare silhouette.</summary>
/// <param name="pool">Where it is from.</param>
/// <param name="index">Its place there.</param>
/// <param name="mirrored">Whether left and right are exchanged.</param>
/// <param name="fading">0 leaves the scene as it is; 1 leaves nothing but the object's mean colour on the mean colour of the rest.</param>
internal readonly struct PooledScene(ScenePool pool, int index, bool mirrored, double fading)
{
    private readonly byte[] _object = pool.ObjectColours[index];
    private readonly byte[] _ground = pool.GroundColours[index];
    private readonly int _share = (int)(fading * 256);

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

    /// <summary>Copies a patch's pixels to their place in a picture, and whether the object is there to a mask.</summary>
    public void CopyPixels(int patch, Span<byte> picture, Span<byte> mask)
    {
        var (side, size) = (pool.Side, pool.Patch);
        var (source, objects) = (pool.Pictures[index], pool.Masks[index]);
        var (top, left) = (patch / Across * size, patch % Across * size);
        for (var row = top; row < top + size; row++)
        {
            for (var column = left; column < left + size; column++)
            {
                var from = row * side + (mirrored ? side - 1 - column : column);
                Fade(source.AsSpan(from * 3, 3), objects[from] == 1 ? _object : _ground, picture.Slice((row * side + column) * 3, 3));
                mask[row * side + column] = objects[from];
            }
        }
    }

    /// <summary>Writes a patch's label: its class, as far as the object covers it.</summary>
    public void Label(int patch, Span<float> classes) => classes[pool.Classes[index]] = Coverage(patch) / 255f;

    /// <summary>Adds the scene's share to a picture's labels.</summary>
    public void Label(SceneBatch batch, int place, float share)
    {
        batch.Classes[place * SceneGenerator.ClassNames.Count + pool.Classes[index]] += share;
        batch.Patterns[place * SceneBatch.PatternLabels + pool.Patterns[index]] += share;
    }

    private void Fade(ReadOnlySpan<byte> pixel, byte[] flat, Span<byte> faded)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            faded[channel] = (byte)(((256 - _share) * pixel[channel] + _share * flat[channel]) >> 8);
        }
    }

    private int Coverage(int patch)
    {
        var column = patch % Across;
        return pool.Coverages[index][mirrored ? patch - column + Across - 1 - column : patch];
    }
}
