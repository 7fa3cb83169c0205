using System.Buffers.Text;
using System.Text;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Merging;

/// <summary>Names the last model of a page, so that paging survives pools that come and go.</summary>
internal static class PageToken
{
    private const string Prefix = "after:models/";

    internal static string After(string model) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"after:{model}"));

    /// <summary>The name of the last model on the page before; empty for the first page.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT: the token was not made by <see cref="After"/>.</exception>
    internal static string Read(string token)
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
            : throw WireStatus.InvalidArgument(
                "page_token", "is not a token of this service; must be next_page_token of the preceding call, or empty").ToRpcException();
    }
}
