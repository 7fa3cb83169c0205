using Cdam.Attribution.Explanations;

namespace Cdam.Attribution.Models;

/// <summary>The names of a model's outputs, and how a request's name finds one.</summary>
public sealed class OutputNames
{
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
            0 => throw new AttributionException("output", $"is \"{name}\"; no output has this name{NearNames.Suggest(name, _byName.Select(group => group.Key))}"),
            _ => throw new AttributionException("output",
                $"is \"{name}\"; outputs {string.Join(", ", found)} have this name: use the index"),
        };
    }
}
