using System.Net;
using System.Text.Json.Nodes;
using Cdam.Gateway.Tests.Destinations;
using Grpc.Core;
using static Cdam.Gateway.Tests.GatewayFixture;

namespace Cdam.Gateway.Tests.Json;

/// <summary>Two pools, <c>class</c> with models/a and <c>concept</c> with models/b.</summary>
public sealed class JsonCallTests : IAsyncLifetime
{
    private Destination _class = null!;
    private Destination _concept = null!;
    private GatewayFixture _gateway = null!;
    private JsonClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _class = await Destination.StartAsync("in class", "models/a");
        _concept = await Destination.StartAsync("in concept", "models/b");
        _gateway = await StartPoolsAsync(
            [("class", _class), ("concept", _concept)],
            $"--ReverseProxy:Clusters:evaluators:Destinations:one:Address={_class.Address}", "--Gateway:MaxMessageBytes=1000000");
        _client = new JsonClient(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _class.DisposeAsync();
        await _concept.DisposeAsync();
    }

    [Theory]
    [InlineData("a", "in class")]
    [InlineData("b", "in concept")]
    public async Task Explain_GoesToThePoolOfItsModelAndComesBackAsJson(string model, string pool)
    {
        var reply = await _client.PostAsync($"/v1/models/{model}:explain", """{"image": {"encoded": "AQID"}, "methods": [{"name": "cdam"}]}""");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (reply.Code, reply.MediaType));
        Assert.Equal((pool, $"models/{model}"), ((string?)reply.Object["requestId"], (string?)reply.Object["model"]));
        Assert.Equal("AQID", (string?)reply.Object["maps"]![0]!["heatMapPng"]);

        // Fields with their default values are there, too.
        Assert.Empty(reply.Object["logits"]!.AsArray());
    }

    [Fact]
    public async Task Lists_OfAllPools_AreThoseOfTheGatewayItself()
    {
        var first = await _client.GetAsync("/v1/models?pageSize=1");
        var second = await _client.GetAsync($"/v1/models?page_size=1&page_token={Uri.EscapeDataString((string)first.Object["nextPageToken"]!)}");

        Assert.Equal("models/a", (string?)Assert.Single(first.Object["models"]!.AsArray())!["name"]);
        Assert.Equal("models/b", (string?)Assert.Single(second.Object["models"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task Pool_ThatIsDown_IsNamedInTheHeaders()
    {
        await _client.GetAsync("/v1/models");
        await _class.KillAsync();

        var reply = await _client.GetAsync("/v1/models");

        Assert.Equal("class", Assert.Single(reply.Headers.GetValues("cdam-missing-pools")));
    }

    [Fact]
    public async Task Headers_OfTheClient_ReachTheExplainer()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models/b") { Headers = { { "cdam-model", "models/b" } } };

        var reply = await _client.SendAsync(request);

        Assert.Equal("models/b", (string?)reply.Object["model"]!["displayName"]);
    }

    [Fact]
    public async Task Stream_IsOneObjectALine()
    {
        var reply = await _client.PostAsync("/v1/models/a:evaluate", "{}");

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (reply.Code, reply.MediaType));
        Assert.Equal([0, 50, 100], reply.Lines.Select(line => (double)line["point"]!["percent"]!));
    }

    [Fact]
    public async Task Stream_ThatFailsMidway_EndsWithItsError()
    {
        var reply = await _client.PostAsync($"/v1/models/{StubEvaluator.Failing}:evaluate", "{}");

        Assert.Equal(HttpStatusCode.OK, reply.Code);
        Assert.Equal(2, reply.Lines.Count);
        Assert.Equal((9, "It fails."), ((int)reply.Lines[1]["error"]!["code"]!, (string?)reply.Lines[1]["error"]!["message"]));
        Assert.NotEmpty(reply.Lines[1]["error"]!["details"]!.AsArray());
    }

    [Fact]
    public async Task Stream_OfAClientThatGoesAway_IsCancelledAtTheEvaluator()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/benchmarks/{StubEvaluator.Endless}:attach");
        using (var answer = await _client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Patience))
        {
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Patience));

            // It comes while the stream goes on.
            Assert.Equal("1", (string?)JsonNode.Parse((await lines.ReadLineAsync(Patience))!)!["event"]!["number"]);
        }

        await _class.Evaluator.Cancelled.WaitAsync(Patience);
    }

    [Fact]
    public async Task Fault_OfAnExplainer_KeepsItsDetails()
    {
        var reply = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/v1/models/none") { Headers = { { "cdam-model", "a" } } });
        var missing = await _client.GetAsync("/v1/models/c");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Code);
        Assert.Equal("MODEL_MISMATCH", (string?)reply.Detail("ErrorInfo")["reason"]);
        Assert.Equal((HttpStatusCode.NotFound, 5), (missing.Code, (int)missing.Object["code"]!));
        Assert.Equal("models/c", (string?)missing.Detail("ResourceInfo")["resourceName"]);
    }

    [Fact]
    public async Task Evaluators_ThatAreLost_AreUnavailableWithRetryAfter()
    {
        await _class.KillAsync();

        var reply = await _client.GetAsync("/v1/benchmarks/x");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 14), (reply.Code, (int)reply.Object["code"]!));
        Assert.Equal("1", Assert.Single(reply.Headers.GetValues("Retry-After")));
        Assert.Equal("DESTINATION_LOST", (string?)reply.Detail("ErrorInfo")["reason"]);
    }

    [Fact]
    public async Task Deadline_GivenAsOfGrpc_IsKept()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/models/a:explain")
        {
            Headers = { { "grpc-timeout", "200m" } },
            Content = new StringContent($$"""{"requestId": "{{StubExplainer.Silent}}"}""", null, "application/json"),
        };

        var reply = await _client.SendAsync(request);

        Assert.Equal((HttpStatusCode.GatewayTimeout, 4), (reply.Code, (int)reply.Object["code"]!));
    }

    [Fact]
    public async Task Unary_OfADestinationThatIsUnavailable_IsTriedAtAnother()
    {
        await using var other = await Destination.StartAsync("other", "models/a");
        _class.Explainer.Fault = Cdam.V1.Errors.WireStatus.Unavailable("Not now.", TimeSpan.FromSeconds(1), "DRAINING").ToRpcException();
        await using var gateway = await StartPoolsAsync([("explainers", _class), ("explainers", other)]);
        await gateway.RefreshAsync();
        using var client = new JsonClient(gateway);

        var reply = await client.PostAsync("/v1/models/a:explain", "{}");

        Assert.Equal("other", (string?)reply.Object["requestId"]);
        Assert.Equal(1, _class.Explainer.Calls);
    }
}
