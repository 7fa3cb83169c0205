using Cdam.Randomness;

namespace Cdam.Scenes.Silhouettes;

/// <summary>
/// The shapes that the classes of scenes are told by. Each draw varies the proportions, so that a class is a family and not a stamp.
/// </summary>
internal static class Silhouette
{
    private static readonly (string Name, Func<RandomStream, SilhouettePart[]> Draw)[] Families =
    [
        ("arrow", Tools.Arrow),
        ("bottle", Household.Bottle),
        ("butterfly", Nature.Butterfly),
        ("crescent", Symbols.Crescent),
        ("cross", Symbols.Cross),
        ("fir tree", Nature.FirTree),
        ("fish", Nature.Fish),
        ("gear", Tools.Gear),
        ("heart", Symbols.Heart),
        ("house", Household.House),
        ("key", Tools.Key),
        ("mug", Household.Mug),
        ("mushroom", Nature.Mushroom),
        ("ring", Symbols.Ring),
        ("star", Symbols.Star),
        ("umbrella", Household.Umbrella),
    ];

    /// <summary>The classes, in the order of a model's outputs.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Families.Select(family => family.Name)];

    /// <summary>A member of a class.</summary>
    public static SilhouettePart[] Draw(int classIndex, RandomStream random) => Families[classIndex].Draw(random);
}
