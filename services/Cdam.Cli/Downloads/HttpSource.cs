using System.Net;
using System.Net.Http.Headers;

namespace Cdam.Cli.Downloads;

/// <summary>Asks for files, whole or from some byte on, and follows redirects that do not leave TLS.</summary>
internal sealed class HttpSource : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,    // Ranges and sizes are those of the bytes sent.
        ConnectTimeout = TimeSpan.FromSeconds(15),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,    // Silence is what is timed, not the length of the file.
        DefaultRequestHeaders =
        {
            UserAgent = { new ProductInfoHeaderValue("cdam", typeof(HttpSource).Assembly.GetName().Version?.ToString(3)) },
            AcceptEncoding = { new StringWithQualityHeaderValue("identity") },
        },
    };

    /// <summary>The answer's headers; its body is still to be read.</summary>
    /// <param name="address">http or https.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="validator">What the file must still be like for a part of it to be of use; null asks for the whole file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DownloadException">A redirect leads where it must not.</exception>
    /// <exception cref="HttpRequestException">There is no way to the server.</exception>
    public async Task<HttpResponseMessage> Get(Uri address, long from, string? validator, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (validator is not null && from > 0)
            {
                request.Headers.Range = new RangeHeaderValue(from, null);
                request.Headers.TryAddWithoutValidation("If-Range", validator);
            }

            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            address = Follow(address, location);
        }

        throw new DownloadException($"{address}: more than {MostRedirects} redirects");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Where a redirect leads.</summary>
    /// <exception cref="DownloadException">Neither to https nor from a loopback address.</exception>
    internal static Uri Follow(Uri address, Uri location)
    {
        var next = new Uri(address, location);
        var isPlainLoopback = next.Scheme == Uri.UriSchemeHttp && address.IsLoopback;
        return next.Scheme == Uri.UriSchemeHttps || isPlainLoopback
            ? next
            : throw new DownloadException($"{address}: redirects to {next}; redirects must lead to https");
    }
}
