using System.Buffers.Text;
using System.Text;

namespace Cdam.V1.Paging;

/// <summary>Names the last resource of a page, so that paging survives those that come and go, and the way through a gateway.</summary>
public static class PageToken
{
    /// <summary>What is wrong with a token that <see cref="Last"/> refuses, for the field <c>page_token</c>.</summary>
    public const string Fault = "is not a token of this service; must be next_page_token of the preceding call, or empty";

    private const string Prefix = "after:";

    /// <summary>The token of the page after a resource.</summary>
    /// <param name="name">For example <c>models/{id}</c>.</param>
    public static string After(string name) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Prefix + name));

    /// <summary>The name of the last resource on the page before; empty for the first page; null for what <see cref="After"/> did not make.</summary>
    /// <param name="token">As sent.</param>
    /// <param name="collection">What names of these resources begin with.</param>
    public static string? Last(string token, string collection = "models/")
    {
        if (token.Length == 0)
        {
            return "";
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        var text = Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes.AsSpan(0, length))
            : "";
        return text.StartsWith(Prefix + collection, StringComparison.Ordinal) ? text[Prefix.Length..] : null;
    }
}
