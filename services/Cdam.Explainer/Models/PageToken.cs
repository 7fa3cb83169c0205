using System.Buffers.Text;
using System.Text;
using Cdam.Attribution.Explanations;

namespace Cdam.Explainer.Models;

/// <summary>Names the last model of a page, so that paging survives models that come and go.</summary>
internal static class PageToken
{
    private const string Prefix = "after:models/";

    public static string After(ServedModel model) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"after:{model.Name}"));

    /// <summary>The name of the last model on the page before; empty for the first page.</summary>
    /// <exception cref="AttributionException">The token was not made by <see cref="After"/>.</exception>
    public static string Read(string token)
    {
        if (token.Length == 0)
        {
            return "";
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        var text = Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : "";
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            ? text["after:".Length..]
            : throw new AttributionException("page_token", "is not a token of this service; must be next_page_token of the preceding call, or empty");
    }
}
