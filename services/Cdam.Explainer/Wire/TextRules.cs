using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Wire;

/// <summary>Rules for texts that clients choose.</summary>
internal static class TextRules
{
    /// <summary>The longest id, in characters.</summary>
    public const int LongestId = 128;

    /// <exception cref="AttributionException">The text is longer.</exception>
    public static void RequireLength(string text, int most, string field)
    {
        if (text.Length > most)
        {
            throw new AttributionException(field, $"has {text.Length} characters; at most {most} are accepted");
        }
    }

    /// <summary>An id to answer under, even where it is too long to be accepted.</summary>
    public static string Shorten(string id) => id.Length <= LongestId ? id : id[..LongestId];
}
