using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Models;

/// <summary>The names of a model's outputs, and how a request's name finds one.</summary>
public sealed class OutputNames
{
    private const int NearMatches = 5;
    private readonly IReadOnlyList<string>[] _names;
    private readonly ILookup<string, int> _byName;

    /// <param name="outputs">For each output its names, separated by <c>, </c>.</param>
    public OutputNames(IReadOnlyList<string> outputs)
    {
        _names = [.. outputs.Select(names => names.Split(", ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        _byName = _names
            .SelectMany((names, index) => names.Select(name => (name, index)))
            .ToLookup(entry => entry.name, entry => entry.index, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Number of outputs.</summary>
    public int Count => _names.Length;

    /// <summary>All names of an output; the first is the one to show.</summary>
    public IReadOnlyList<string> this[int index] => _names[index];

    /// <summary>Finds an output by one of its names; case does not matter.</summary>
    /// <exception cref="AttributionException">No output, or more than one, has the name; near matches are named.</exception>
    public int Find(string name)
    {
        var found = _byName[name.Trim()].Distinct().ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new AttributionException("output", $"is \"{name}\"; no output has this name{Suggestions(name)}"),
            _ => throw new AttributionException("output",
                $"is \"{name}\"; outputs {string.Join(", ", found)} have this name: use the index"),
        };
    }

    private string Suggestions(string name)
    {
        var wanted = name.Trim().ToLowerInvariant();
        var near = _byName.Select(group => group.Key)
            .Select(known => (known, distance: Distance(wanted, known.ToLowerInvariant())))
            .Where(entry => entry.distance <= Math.Max(2, wanted.Length / 3) || entry.known.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.distance)
            .Take(NearMatches)
            .Select(entry => $"\"{entry.known}\"")
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
