using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cdam.Gateway.Page;

/// <summary>A file of the web page, in memory as it is sent.</summary>
internal sealed class PageFile
{
    // Nothing of the page comes from elsewhere, nothing of it is a form that is sent, and no other page may frame it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // Names are not those of contents, so browsers ask each time, and are answered 304 by the tag.
    private const string Caching = "no-cache";

    private readonly string _mediaType;
    private readonly EntityTagHeaderValue _tag, _compressedTag;
    private readonly byte[] _bytes;
    private readonly byte[]? _compressed;

    /// <param name="bytes">The file.</param>
    /// <param name="mediaType">For example <c>text/css; charset=utf-8</c>.</param>
    /// <param name="compress">False for pictures, which are compressed.</param>
    internal PageFile(byte[] bytes, string mediaType, bool compress)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes)[..16]);
        (_bytes, _mediaType) = (bytes, mediaType);
        (_tag, _compressedTag) = (new EntityTagHeaderValue($"\"{hash}\""), new EntityTagHeaderValue($"\"{hash}-br\""));
        _compressed = compress && Compress(bytes) is { } small && small.Length < bytes.Length ? small : null;
    }

    /// <summary>Answers GET and HEAD: 200, or 304 where the browser has it.</summary>
    internal async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var (bytes, tag) = _compressed is { } small && TakesBrotli(request.Headers.AcceptEncoding) ? (small, _compressedTag) : (_bytes, _tag);
        SetHeaders(response.Headers, tag);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (bytes != _bytes)
        {
            response.Headers.ContentEncoding = "br";
        }

        response.ContentType = _mediaType;
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private void SetHeaders(IHeaderDictionary headers, EntityTagHeaderValue tag)
    {
        headers.CacheControl = Caching;
        headers.ETag = tag.ToString();
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (_compressed is not null)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
        }
    }

    private static bool TakesBrotli(StringValues accepted) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out var encodings) && encodings.Any(encoding => encoding is { Value.Value: "br", Quality: not 0 });

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(bytes);
        }

        return compressed.ToArray();
    }
}
