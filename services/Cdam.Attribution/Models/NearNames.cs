namespace Cdam.Attribution.Models;

/// <summary>What somebody may have meant by a name that does not exist.</summary>
internal static class NearNames
{
    private const int Most = 5;

    /// <summary><c>; near are "a", "b"</c>, the nearest first, or nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var wanted = name.Trim().ToLowerInvariant();
        var near = known
            .Select(candidate => (candidate, distance: Distance(wanted, candidate.ToLowerInvariant())))
            .Where(entry => entry.distance <= Math.Max(2, wanted.Length / 3) || entry.candidate.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.distance)
            .Take(Most)
            .Select(entry => $"\"{entry.candidate}\"")
            .ToList();
        return near.Count == 0 ? "" : $"; near are {string.Join(", ", near)}";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
