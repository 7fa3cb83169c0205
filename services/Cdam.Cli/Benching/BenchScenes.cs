using Cdam.V1;

namespace Cdam.Cli.Benching;

/// <summary>Scenes by the names that command lines use; the evaluator draws them.</summary>
internal static class BenchScenes
{
    public const string TwoObjects = "scenes:multi";
    public const string Validation = "scenes:validation";
    private const string OneObject = "scenes:one";

    private static readonly Dictionary<string, (GeneratedSet Set, int Labels)> Sets = new()
    {
        [OneObject] = (GeneratedSet.OneObject, 1),
        [TwoObjects] = (GeneratedSet.TwoObjects, 2),
        [Validation] = (GeneratedSet.Validation, 1),
    };

    /// <summary>For help and errors.</summary>
    public static string Names => string.Join(", ", Sets.Keys);

    /// <returns>Null where <paramref name="images"/> is none of the names.</returns>
    public static BenchSource? Find(string images, int count, ulong seed) => Sets.TryGetValue(images, out var found)
        ? new BenchSource(
            new BenchmarkSource { Scenes = new GeneratedScenes { Set = found.Set, Count = count, Seed = seed } }, count, found.Labels, HasMasks: true)
        : null;
}
