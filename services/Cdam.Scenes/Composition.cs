using Cdam.Randomness;
using Cdam.Scenes.Silhouettes;
using OpenCvSharp;

namespace Cdam.Scenes;

/// <summary>Decides what is where: classes, patterns, sizes and places, none of which tells of another.</summary>
internal static class Composition
{
    /// <summary>Longer side of an object alone, as a share of the picture's side.</summary>
    private static readonly (double Low, double High) Alone = (0.42, 0.85);

    /// <summary>The same where there are two.</summary>
    private static readonly (double Low, double High) OfTwo = (0.4, 0.54);

    private static readonly TexturePattern[] Patterns = Enum.GetValues<TexturePattern>();

    public static List<PlacedObject> Place(int side, int count, SceneWish wish, RandomStream random)
    {
        var first = wish.ClassIndex ?? random.Index(Silhouette.Names.Count);
        var pattern = wish.Pattern ?? random.Pick(Patterns);
        if (count == 1)
        {
            return [Place(side, first, pattern, Alone, new Rect2d(0, 0, side, side), random)];
        }

        // Another class: one of the others, each as likely.
        var second = (first + 1 + random.Index(Silhouette.Names.Count - 1)) % Silhouette.Names.Count;
        var (here, there) = Halves(side, random);
        return
        [
            Place(side, first, pattern, OfTwo, here, random),
            Place(side, second, random.Pick(Patterns), OfTwo, there, random),
        ];
    }

    /// <summary>Two parts of the picture, beside each other or one above the other, in either order.</summary>
    private static (Rect2d, Rect2d) Halves(int side, RandomStream random)
    {
        var share = random.Uniform(0.46, 0.54) * side;
        Rect2d start = new(0, 0, share, side), end = new(share, 0, side - share, side);
        if (random.Chance(0.5))
        {
            (start, end) = (new(0, 0, side, share), new(0, share, side, side - share));
        }

        return random.Chance(0.5) ? (start, end) : (end, start);
    }

    private static PlacedObject Place(
        int side, int classIndex, TexturePattern pattern, (double Low, double High) sizes, Rect2d area, RandomStream random)
    {
        var extent = random.Uniform(sizes.Low, sizes.High) * side;
        var pose = Pose.Draw(random);
        var parts = pose.Apply(Silhouette.Draw(classIndex, random), extent, area, random);
        return new PlacedObject(classIndex, pattern, Rasterizer.Coverage(side, parts), extent, pose.Turn);
    }
}
