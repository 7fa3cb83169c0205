using System.Net;
using System.Net.Http.Headers;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Json;

/// <summary>What requests may look like, and what is said of those that may not.</summary>
public sealed class JsonRequestTests : IAsyncLifetime
{
    private const string Explain = "/v1/models/a:explain";

    private GatewayFixture _gateway = null!;
    private JsonClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync("--Gateway:MaxMessageBytes=1000000");
        _client = new JsonClient(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    private ExplainRequest Received => _gateway.Destination.Explainer.Received!;

    [Fact]
    public async Task Query_OfAnExplainRequest_BecomesItsFields()
    {
        await _client.PostAsync(
            Explain + "?targets.output=cat&targets.index=3&methods.name=cdam&methods.name=smooth_cdam&methods.sampleCount=9"
            + "&methods.token_space=TOKEN_SPACE_BLOCK_INPUT&mapOptions.clip=true&mapOptions.overlayOpacity=0.5&request_id=q%26a&model=models/z",
            """{"requestId": "in the body", "targets": [{"top": 2}]}""");

        Assert.Equal("models/a", Received.Model);
        Assert.Equal("q&a", Received.RequestId);
        Assert.Equal([new Target { Top = 2 }, new Target { Output = "cat" }, new Target { Index = 3 }], Received.Targets);
        Assert.Equal(
            [new MethodSpec { Name = "cdam" }, new MethodSpec { Name = "smooth_cdam", SampleCount = 9, TokenSpace = TokenSpace.BlockInput }], Received.Methods);
        Assert.Equal(new MapOptions { Clip = true, OverlayOpacity = 0.5f }, Received.MapOptions);
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Body_ThatIsAnImageFile_IsTheImage(string? mediaType)
    {
        byte[] file = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[900_000]];

        var reply = await _client.SendAsync(Post(Explain + "?targets.output=cat", file, mediaType));

        Assert.Equal(HttpStatusCode.OK, reply.Code);
        Assert.True(Received.Image.Encoded.Span.SequenceEqual(file));
        Assert.Equal("cat", Assert.Single(Received.Targets).Output);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Body_ThatIsJsonOfAnUnsaidType_IsReadAsJson(string? mediaType)
    {
        await _client.SendAsync(Post(Explain, " \n{\"requestId\": \"x\"}"u8.ToArray(), mediaType));

        Assert.Equal("x", Received.RequestId);
    }

    [Fact]
    public async Task Client_ThatAcceptsPng_GetsTheFirstMapsOverlay()
    {
        var request = Post(Explain, [0xFF, 0xD8], "image/jpeg");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/png"));
        using var answer = await _client.Http.SendAsync(request, Patience);

        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(StubExplainer.Overlay, await answer.Content.ReadAsByteArrayAsync(Patience));
        Assert.True(Received.MapOptions.IncludeOverlay);
    }

    [Theory]
    [InlineData("", "{", "body", "MALFORMED_REQUEST")]
    [InlineData("", """{"imagee": {}}""", "body", "MALFORMED_REQUEST")]
    [InlineData("", """{"targets": [{"index": "x"}]}""", "body", "MALFORMED_REQUEST")]
    [InlineData("?targets.index=x", "{}", "query", "MALFORMED_REQUEST")]
    [InlineData("?targets.top=1&traget=1", "{}", "traget", "UNKNOWN_FIELD")]
    [InlineData("?requestId.text=1", "{}", "requestId.text", "UNKNOWN_FIELD")]
    [InlineData("?image=1", "{}", "image", "NOT_A_VALUE")]
    public async Task Request_ThatCannotBeRead_NamesTheFault(string query, string json, string field, string reason)
    {
        var reply = await _client.PostAsync(Explain + query, json);

        Assert.Equal((HttpStatusCode.BadRequest, 3), (reply.Code, (int)reply.Object["code"]!));
        Assert.Equal(field, (string?)reply.Detail("BadRequest")["fieldViolations"]![0]!["field"]);
        Assert.Equal(reason, (string?)reply.Detail("ErrorInfo")["reason"]);
        Assert.Equal(0, _gateway.Destination.Explainer.Calls);
    }

    [Fact]
    public async Task Json_ThatIsNestedWithoutEnd_IsRefused()
    {
        var reply = await _client.PostAsync(Explain, string.Concat(Enumerable.Repeat("{\"image\":", 10_000)));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_AboveTheLimit_IsResourceExhaustedWithTheLimit(bool isKnown)
    {
        var request = Post(Explain, new byte[3_000_000], "image/jpeg");
        request.Headers.TransferEncodingChunked = !isKnown;

        var reply = await _client.SendAsync(request);

        Assert.Equal((HttpStatusCode.TooManyRequests, 8), (reply.Code, (int)reply.Object["code"]!));
        Assert.Equal("Gateway:MaxMessageBytes", (string?)reply.Detail("QuotaFailure")["violations"]![0]!["subject"]);
    }

    [Fact]
    public async Task Message_AboveTheLimit_IsRefusedAsInGrpc()
    {
        var reply = await _client.SendAsync(Post(Explain, new byte[1_000_000], "image/jpeg"));

        Assert.Equal(HttpStatusCode.TooManyRequests, reply.Code);
    }

    [Fact]
    public async Task Verb_ThatAPathDoesNotTake_IsNotAllowed()
    {
        var reply = await _client.GetAsync(Explain);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.Code);
        Assert.Contains("must be POST", (string)reply.Object["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/modells")]
    [InlineData("/v1/models/a:explode")]
    [InlineData("/v1/models/a/b")]
    public async Task Path_ThatIsNot_IsNotFoundInJson(string path)
    {
        var reply = await _client.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, path), (reply.Code, (string?)reply.Detail("ResourceInfo")["resourceName"]));
    }

    private static HttpRequestMessage Post(string path, byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }
}
