using System.Text;
using System.Text.RegularExpressions;

namespace Cdam.Gateway.Json;

/// <summary>The path of a google.api.http rule, for example <c>/v1/{model=models/*}:explain</c>.</summary>
internal sealed partial class PathTemplate
{
    private readonly Regex _pattern;

    internal PathTemplate(string text)
    {
        var pattern = new StringBuilder("^");
        var end = 0;
        foreach (Match variable in Variable().Matches(text))
        {
            pattern.Append(Segments(text[end..variable.Index])).Append('(').Append(Segments(Shape(variable))).Append(')');
            end = variable.Index + variable.Length;
        }

        Variables = [.. Variable().Matches(text).Select(variable => new PathVariable(variable.Groups["path"].Value, Shape(variable)))];
        Text = text;

        // It looks at what anybody sends.
        _pattern = new Regex(pattern.Append(Segments(text[end..])).Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    internal string Text { get; }

    /// <summary>In the order of the path.</summary>
    internal IReadOnlyList<PathVariable> Variables { get; }

    /// <summary>What the variables stand for in a path.</summary>
    /// <returns>Null where the path is another one.</returns>
    internal IReadOnlyList<string>? Match(string path) =>
        _pattern.Match(path) is { Success: true } match ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)] : null;

    private static string Shape(Match variable) => variable.Groups["shape"] is { Success: true, Value: var shape } ? shape : "*";

    // A colon begins the verb, which is no part of a name.
    private static string Segments(string literal) => Regex.Escape(literal).Replace(@"\*", "[^/:]+", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<path>[a-z0-9_.]+)(=(?<shape>[^}]+))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
