namespace Cdam.Training.Heads.Images;

/// <summary>Faults of many classes in a message that can be read.</summary>
internal static class ClassList
{
    private const int MostShown = 20;

    /// <summary>The first entries, and how many more there are.</summary>
    public static string Show(IEnumerable<string> entries)
    {
        var all = entries.ToList();
        var shown = string.Join(", ", all.Take(MostShown));
        return all.Count > MostShown ? $"{shown} and {all.Count - MostShown} more" : shown;
    }
}
