using System.Globalization;

namespace Cdam.V1.Targets;

/// <summary>What a person writes for a target: <c>top</c>, <c>top:5</c>, <c>all</c>, <c>concept:ID</c>, an index, or a name.</summary>
public static class TargetText
{
    private const string Concept = "concept:";

    /// <exception cref="FormatException">top:K has no number.</exception>
    public static Target Parse(string text)
    {
        if (text == "all")
        {
            return new Target { All = true };
        }

        if (text == "top")
        {
            return new Target { Top = 1 };
        }

        if (text.StartsWith("top:", StringComparison.Ordinal))
        {
            return int.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new Target { Top = count }
                : throw new FormatException($"is \"{text}\"; top:K takes a number");
        }

        if (text.StartsWith(Concept, StringComparison.Ordinal))
        {
            return new Target { ConceptId = text[Concept.Length..] };
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new Target { Index = index }
            : new Target { Output = text };
    }
}
