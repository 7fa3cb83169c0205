using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Json;

public sealed class JsonCompressionTests : IAsyncLifetime
{
    private const string All = "gzip, deflate, br";

    // Base64 of zeros, which any packing makes far smaller.
    private static readonly string Request = $$"""{"image": { "encoded": "{{Convert.ToBase64String(new byte[60_000])}}" } }""";

    private GatewayFixture _gateway = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync();
        _http = new HttpClient { BaseAddress = _gateway.Http };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData(All, "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    public async Task Answer_ForAClientThatUnpacks_IsSmallerAndTheSame(string accepted, string encoding)
    {
        var plain = await (await ExplainAsync(null)).Content.ReadAsByteArrayAsync(Patience);
        using var packed = await ExplainAsync(accepted);
        var bytes = await packed.Content.ReadAsByteArrayAsync(Patience);

        Assert.Equal((HttpStatusCode.OK, "application/json"), (packed.StatusCode, packed.Content.Headers.ContentType!.MediaType));
        Assert.Equal(encoding, Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
        Assert.True(bytes.Length < plain.Length / 10, $"{bytes.Length} of {plain.Length} bytes");
        Assert.Equal(plain, Unpack(bytes, encoding));
        Assert.Equal(80_000, ((string?)JsonNode.Parse(plain)!["maps"]![0]!["heatMapPng"])!.Length);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("deflate")]
    [InlineData("br;q=0, gzip;q=0")]
    public async Task Answer_ForAClientThatDoesNotSayItUnpacks_IsPlain(string? accepted)
    {
        using var answer = await ExplainAsync(accepted);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal("stub", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Patience))!["requestId"]);
    }

    [Theory]
    [InlineData("/v1/models/none", HttpStatusCode.NotFound)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    public async Task Error_OrOpenApi_ForAClientThatUnpacks_IsTheSame(string path, HttpStatusCode code)
    {
        using var plain = await SendAsync(HttpMethod.Get, path, null);
        using var packed = await SendAsync(HttpMethod.Get, path, "gzip");

        Assert.Equal((code, code), (plain.StatusCode, packed.StatusCode));
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(Patience), Unpack(await packed.Content.ReadAsByteArrayAsync(Patience), "gzip"));
    }

    [Fact]
    public async Task Stream_ForAClientThatUnpacks_ComesLineByLineAsItIs()
    {
        using var answer = await SendAsync(HttpMethod.Get, $"/v1/benchmarks/{StubEvaluator.Endless}:attach", All);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Patience));

        // It has one event, comes to no end, and is not packed.
        Assert.Equal("1", (string?)JsonNode.Parse((await lines.ReadLineAsync(Patience))!)!["event"]!["number"]);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.False(_gateway.Destination.Evaluator.Cancelled.IsCompleted);
    }

    [Fact]
    public async Task Picture_ForAClientThatUnpacks_IsAsItIs()
    {
        using var answer = await ExplainAsync(All, "image/png");

        Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal(StubExplainer.Overlay, await answer.Content.ReadAsByteArrayAsync(Patience));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(GrpcWebMode.GrpcWeb)]
    [InlineData(GrpcWebMode.GrpcWebText)]
    public async Task Grpc_OfAClientThatUnpacks_IsAsItIs(GrpcWebMode? mode)
    {
        using var web = mode is { } known
            ? GrpcChannel.ForAddress(_gateway.Http, new GrpcChannelOptions
            {
                HttpHandler = new GrpcWebHandler(known, new SocketsHttpHandler()), HttpVersion = HttpVersion.Version11, DisposeHttpClient = true,
            })
            : null;
        var client = new ExplainerService.ExplainerServiceClient(web ?? _gateway.Channel);
        using var call = client.ExplainAsync(
            new ExplainRequest { Image = new Image { Encoded = Google.Protobuf.ByteString.CopyFrom(new byte[60_000]) } },
            new Metadata { { "accept-encoding", All } }, cancellationToken: Patience);

        Assert.Equal(60_000, (await call).Maps[0].HeatMapPng.Length);
        Assert.Null((await call.ResponseHeadersAsync).GetValue("content-encoding"));
        Assert.Null((await call.ResponseHeadersAsync).GetValue("vary"));
    }

    private Task<HttpResponseMessage> ExplainAsync(string? accepted, string? mediaType = null) =>
        SendAsync(HttpMethod.Post, "/v1/models/m:explain", accepted, mediaType);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod verb, string path, string? accepted, string? mediaType = null)
    {
        using var request = new HttpRequestMessage(verb, path);
        request.Content = verb == HttpMethod.Post ? new StringContent(Request, Encoding.UTF8, "application/json") : null;
        request.Headers.AcceptEncoding.ParseAdd(accepted ?? "");
        request.Headers.Accept.ParseAdd(mediaType ?? "");
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Patience);
    }

    private static byte[] Unpack(byte[] packed, string encoding)
    {
        using var bytes = new MemoryStream(packed);
        using Stream unpacking = encoding == "br" ? new BrotliStream(bytes, CompressionMode.Decompress) : new GZipStream(bytes, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        unpacking.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
