using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Cdam.V1;

namespace Cdam.Gateway.OpenApi;

/// <summary>The comments of the project's own proto files, which compiled descriptors lack. Reads the style that those files keep: comments on lines of their own.</summary>
internal static partial class ProtoComments
{
    private static readonly FrozenDictionary<string, string> All = Files().SelectMany(Read).ToFrozenDictionary();

    /// <param name="name">Of a message, field, enum, value or method, in full.</param>
    /// <returns>Null where it has none.</returns>
    internal static string? Of(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<string[]> Files()
    {
        var assembly = typeof(ExplainerService).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".proto", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd().Split('\n');
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Read(string[] lines)
    {
        var scopes = new Stack<string>();
        var comment = new List<string>();
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                comment.Add(line[2..].Trim());
                continue;
            }

            var name = Name(line);
            if (name is not null && comment.Count > 0)
            {
                yield return new(string.Join('.', scopes.Where(scope => scope.Length > 0).Reverse().Append(name)), string.Join(' ', comment));
            }

            comment.Clear();
            if (line.StartsWith("package ", StringComparison.Ordinal))
            {
                scopes.Push(line[8..].TrimEnd(';'));
            }
            else if (line.EndsWith('{'))
            {
                // Neither a oneof nor a method's options are part of names.
                scopes.Push(line.StartsWith("message", StringComparison.Ordinal) || line.StartsWith("service", StringComparison.Ordinal) ? name! : "");
            }
            else if (line.StartsWith('}'))
            {
                scopes.Pop();
            }
        }
    }

    private static string? Name(string line) => Definition().Match(line) is { Success: true } definition ? definition.Groups["name"].Value
        : Field().Match(line) is { Success: true } field ? field.Groups["name"].Value
        : null;

    [GeneratedRegex(@"^(message|enum|service|rpc) (?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(^| )(?<name>\w+) = \d+", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
