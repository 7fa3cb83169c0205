using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cdam.Gateway.Access;

/// <summary>The text of an API key, <c>cdam_ID_SECRET</c>: the id finds the key's line at once, the secret proves it.</summary>
internal sealed record KeyText(string Id, string Secret)
{
    internal const string Prefix = "cdam_";

    private const int SecretBytes = 32;
    private const int LongestId = 64;

    /// <summary>What an id must be, for messages.</summary>
    internal const string IdRule = "1 to 64 of a-z, 0-9 and -";

    internal static KeyText Create(string id) => new(id, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <returns>Null where the text has not that form.</returns>
    internal static KeyText? Parse(string text)
    {
        var end = text.StartsWith(Prefix, StringComparison.Ordinal) ? text.IndexOf('_', Prefix.Length) : -1;
        return end > 0 && IsId(text[Prefix.Length..end]) ? new KeyText(text[Prefix.Length..end], text[(end + 1)..]) : null;
    }

    internal static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
