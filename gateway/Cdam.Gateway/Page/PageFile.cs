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

    // The best first, the file as it is last. Browsers take Brotli by TLS and on loopback only.
    private readonly List<(string? Encoding, EntityTagHeaderValue Tag, byte[] Bytes)> _forms;

    /// <param name="bytes">The file.</param>
    /// <param name="mediaType">For example <c>text/css; charset=utf-8</c>.</param>
    /// <param name="compress">False for pictures, which are compressed.</param>
    internal PageFile(byte[] bytes, string mediaType, bool compress)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes)[..16]);
        (string? Encoding, byte[] Bytes)[] forms = compress
            ? [("br", Compress(bytes, into => new BrotliStream(into, CompressionLevel.SmallestSize))), ("gzip", Compress(bytes, into => new GZipStream(into, CompressionLevel.SmallestSize))), (null, bytes)]
            : [(null, bytes)];
        _mediaType = mediaType;
        _forms = [.. forms.Select(form => (form.Encoding, new EntityTagHeaderValue($"\"{hash}{form.Encoding}\""), form.Bytes))];
    }

    /// <summary>Answers GET and HEAD: 200, or 304 where the browser has it.</summary>
    internal async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var (encoding, tag, bytes) = _forms.First(form => form.Encoding is null || Takes(request.Headers.AcceptEncoding, form.Encoding));
        SetHeaders(response.Headers, tag);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
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
        if (_forms.Count > 1)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
        }
    }

    private static bool Takes(StringValues accepted, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out var encodings) && encodings.Any(known => known.Value == encoding && known.Quality is not 0);

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }
}
