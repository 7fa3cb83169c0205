using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Cdam.Gateway.Access;
using Cdam.Gateway.Page;
using Cdam.Gateway.Tests.Access;

namespace Cdam.Gateway.Tests.Page;

public sealed class PageTests
{
    public static TheoryData<string> Paths => [.. PageFiles.Paths];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Files_OfTheFolder_AreAllEmbedded()
    {
        var folder = Repository.PathOf("gateway", "Cdam.Gateway", "wwwroot");

        // Notes on where samples come from are for readers of the repository.
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".md")
            .Select(file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'));
        Assert.Equal(files.Append("/").Order(StringComparer.Ordinal), PageFiles.Paths.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    [InlineData(PageFacts.Path)]
    public void File_OfThePage_IsOpenToEverybody(string path) => Assert.True(CallRules.Of(path).IsOpen, path);

    [Theory]
    [InlineData("/js/none.js")]
    [InlineData("/js/")]
    [InlineData("/INDEX.html")]
    [InlineData("/js/../appsettings.json")]
    [InlineData("/appsettings.json")]
    public void Path_ThatIsNoFile_IsNot(string path) => Assert.Equal("admin", CallRules.Of(path).ToString());

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/js/main.js", "text/javascript; charset=utf-8")]
    [InlineData("/styles/shell.css", "text/css; charset=utf-8")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task File_Asked_ComesUnderTheStrictPolicy(string path, string mediaType)
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        using var http = new HttpClient { BaseAddress = gateway.Http };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.ToString());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task File_KnownToTheBrowser_IsNotSentAgain()
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        using var http = new HttpClient { BaseAddress = gateway.Http };
        var first = await GetAsync(http, null);
        var second = await GetAsync(http, first.Headers.ETag);

        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync(Cancellation)).Length));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task File_ForABrowserThatUnpacks_IsSmallerAndTheSame(string accepted, string encoding)
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        using var http = new HttpClient { BaseAddress = gateway.Http };
        var whole = await GetAsync(http, null);
        var packed = await GetAsync(http, null, accepted);
        var unpacked = new MemoryStream();
        await using (var stream = await packed.Content.ReadAsStreamAsync(Cancellation))
        await using (Stream unpacking = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress))
        {
            await unpacking.CopyToAsync(unpacked, Cancellation);
        }

        Assert.Equal(encoding, Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.NotEqual(whole.Headers.ETag, packed.Headers.ETag);
        Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
        Assert.True(packed.Content.Headers.ContentLength < whole.Content.Headers.ContentLength / 2);
        Assert.Equal(await whole.Content.ReadAsByteArrayAsync(Cancellation), unpacked.ToArray());
    }

    [Fact]
    public async Task Page_WhereKeysAreNeeded_IsOpenAndTheApiIsNot()
    {
        await using var system = await KeyGateway.StartAsync([KeyGateway.Key("somebody", "explain").Line]);
        using var http = new HttpClient { BaseAddress = system.Gateway.Http };

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/v1/models", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/js/none.js", UriKind.Relative), Cancellation)).StatusCode);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient http, EntityTagHeaderValue? known, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/styles/shell.css");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        }

        return http.SendAsync(request, Cancellation);
    }
}
