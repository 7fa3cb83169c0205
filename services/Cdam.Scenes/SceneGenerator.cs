using Cdam.Randomness;
using Cdam.Scenes.Lighting;
using Cdam.Scenes.Painting;
using Cdam.Scenes.Silhouettes;

namespace Cdam.Scenes;

/// <summary>
/// Draws scenes as a camera might see them: objects of sixteen shapes with painted surfaces, lit, in any pose, before cluttered and
/// textured backgrounds, sometimes partly hidden. Surface, colour, size and place are drawn without regard to the class, so that only
/// the shape gives it away. A scene is a pure function of (seed, set, index).
/// </summary>
public sealed class SceneGenerator
{
    /// <summary>Fewest pixels of a side.</summary>
    public const int SmallestSide = 32;

    /// <summary>Most pixels of a side.</summary>
    public const int LargestSide = 1024;

    private readonly int _side;
    private readonly ulong _seed;

    /// <param name="side">Width and height of the pictures, 32 to 1024 pixels.</param>
    /// <param name="seed">Of every set.</param>
    public SceneGenerator(int side, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, LargestSide);
        (_side, _seed) = (side, seed);
    }

    /// <summary>The classes, in the order of a model's outputs.</summary>
    public static IReadOnlyList<string> ClassNames => Silhouette.Names;

    /// <summary>Scenes from <paramref name="start"/> on, without end.</summary>
    public IEnumerable<Scene> Stream(SceneSet set, uint start = 0)
    {
        for (var index = start; ; index++)
        {
            yield return Draw(set, index);
        }
    }

    /// <summary>One scene.</summary>
    /// <param name="set">Which set it belongs to.</param>
    /// <param name="index">Its number in the set.</param>
    /// <param name="wish">What is not left to chance.</param>
    public Scene Draw(SceneSet set, uint index, SceneWish? wish = null)
    {
        // Sets differ in the key's upper half, scenes in the stream: no two share a random number.
        var random = new RandomStream(_seed ^ ((ulong)set + 1) << 56, index);
        var canvas = new Canvas(_side);
        Background.Paint(canvas, random);
        var count = set == SceneSet.TwoObjects ? 2 : 1;
        var objects = Composition.Place(_side, count, wish ?? new SceneWish(), random);
        foreach (var (position, placed) in objects.Index())
        {
            Shadow.Cast(canvas, placed, random);
            Surface.Paint(canvas, placed, random);
            // What lies in front hides what lies behind.
            foreach (var behind in objects.Take(position))
            {
                behind.HideBelow(placed.Coverage);
            }
        }

        Occluder.Paint(canvas, objects, random);
        Camera.Expose(canvas, random);
        return new Scene(_side, canvas.ToBytes(), [.. objects.Select(placed => placed.Finish())]);
    }
}
