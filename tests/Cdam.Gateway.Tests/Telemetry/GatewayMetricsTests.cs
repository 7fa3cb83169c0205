using System.Net;
using Cdam.Gateway.Tests.Destinations;
using Cdam.V1;
using Cdam.V1.Errors;
using Grpc.Core;

namespace Cdam.Gateway.Tests.Telemetry;

public sealed class GatewayMetricsTests
{
    private const string Calls = "cdam_gateway_calls_total";
    private const string Rpc = "rpc_server_call_duration_seconds_count";
    private const string Requests = "http_server_request_duration_seconds_count";
    private const string ExplainerRoute = "/cdam.v1.ExplainerService/{**method}";

    private static CancellationToken Patience => GatewayFixture.Patience;

    [Fact]
    public async Task Metrics_CallsThatEndDifferently_AreCountedByPoolAndCode()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        await gateway.Client.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Patience);
        await gateway.Client.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Patience);
        await Assert.ThrowsAsync<RpcException>(() => gateway.Client.GetModelAsync(new GetModelRequest { Name = "models/none" }).ResponseAsync);
        using var evaluation = new EvaluatorService.EvaluatorServiceClient(gateway.Channel).EvaluateImage(new EvaluateImageRequest(), cancellationToken: Patience);
        await evaluation.ResponseStream.ReadAllAsync(Patience).CountAsync(Patience);

        var page = await PageAsync(gateway);
        Assert.Equal(2, page.Sum(Calls, ("pool", "explainers"), ("code", "OK")));
        Assert.Equal(1, page.Sum(Calls, ("pool", "explainers"), ("code", "NOT_FOUND")));
        Assert.Equal(1, page.Sum(Calls, ("pool", "evaluators"), ("code", "OK")));
        Assert.Equal(4, page.Sum(Calls));
        Assert.Equal(2, page.Sum(Rpc, ("rpc_method", "cdam.v1.ExplainerService/GetModel"), ("rpc_response_status_code", "OK")));
        Assert.Equal(0, page.Sum("cdam_gateway_faults_total"));
        Assert.Equal(1, page.Sum("cdam_gateway_destinations", ("pool", "explainers"), ("state", "healthy")));
    }

    [Fact]
    public async Task Metrics_CancelledAndLateCalls_AreCountedAsThat()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var cancellation = new CancellationTokenSource();
        var call = gateway.Client.ExplainAsync(new ExplainRequest { RequestId = StubExplainer.Silent }, cancellationToken: cancellation.Token).ResponseAsync;
        await gateway.Destination.Explainer.Waiting.WaitAsync(Patience);
        Assert.Equal(1, (await PageAsync(gateway)).Sum("cdam_gateway_active_calls", ("pool", "explainers")));
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call);
        var silent = new ExplainRequest { RequestId = StubExplainer.Silent };
        await RawCall.SendAsync(gateway.App.Urls.First(), "cdam.v1.ExplainerService/Explain", silent, "300m");

        // The gateway notices a client's leaving after the client does.
        var page = await UntilAsync(gateway, page => page.Sum(Calls) == 2);
        Assert.Equal(["CANCELLED", "DEADLINE_EXCEEDED"], page.Values(Calls, "code"));
        Assert.Equal(["CANCELLED", "DEADLINE_EXCEEDED"], page.Values(Rpc, "rpc_response_status_code"));
        Assert.DoesNotContain("CANCELLED", page.Values("cdam_gateway_faults_total", "reason"));
    }

    [Fact]
    public async Task Metrics_OfACallSentToASecondDestination_CountOneCallAndOneRetry()
    {
        await using var pool = await TwoDestinations.StartAsync();
        pool.First.Explainer.Fault = WireStatus.Unavailable("first", TimeSpan.FromSeconds(1), "DRAINING").ToRpcException();

        Assert.Equal("second", await pool.WhereAsync());

        var page = await PageAsync(pool.Gateway);
        Assert.Equal((1, 1), (page.Sum(Calls, ("code", "OK")), page.Sum("cdam_gateway_retries_total", ("pool", "explainers"))));
        Assert.Equal(2, page.Sum("cdam_gateway_destinations", ("state", "healthy")));
    }

    [Fact]
    public async Task Metrics_WithoutDestinations_CountTheGatewaysOwnFaultsByReason()
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();

        await Assert.ThrowsAsync<RpcException>(() => gateway.Client.GetModelAsync(new GetModelRequest { Name = "models/m" }).ResponseAsync);

        var page = await PageAsync(gateway);
        Assert.Equal(1, page.Sum("cdam_gateway_faults_total", ("pool", "explainers"), ("reason", "NO_DESTINATION")));
        Assert.Equal(1, page.Sum(Calls, ("code", "UNAVAILABLE")));
    }

    [Fact]
    public async Task Metrics_OnceADestinationIsKilled_TellItFromTheHealthyOne()
    {
        await using var pool = await TwoDestinations.StartAsync("--Gateway:RefreshInterval=00:00:00.1");
        await pool.First.KillAsync();

        var page = await UntilAsync(pool.Gateway, page => page.Sum("cdam_gateway_destinations", ("state", "unhealthy")) == 1);
        Assert.Equal(1, page.Sum("cdam_gateway_destinations", ("state", "healthy")));
    }

    /// <remarks>Server and framework measure under the same names for all hosts of a process; other tests' run beside these two.</remarks>
    [Fact]
    public async Task StandardMetrics_OfTwoGatewaysInOneProcess_AreEachOnesOwn()
    {
        await using var first = await GatewayFixture.StartAsync();
        await using var second = await GatewayFixture.StartAsync();
        await first.Client.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Patience);
        for (var call = 0; call < 2; call++)
        {
            await second.Client.ExplainAsync(new ExplainRequest(), cancellationToken: Patience);
        }

        // An answer's measurement is there a moment after it.
        foreach (var (gateway, calls) in new[] { (first, 1), (second, 2) })
        {
            var page = await UntilAsync(gateway, page => page.Sum(Requests, ("http_route", ExplainerRoute)) >= calls);
            Assert.Equal(calls, page.Sum(Requests, ("http_route", ExplainerRoute)));
            Assert.Equal(gateway.App.Urls.Select(address => $"{new Uri(address).Port}").Order(), page.Values("kestrel_active_connections", "server_port"));
        }
    }

    [Fact]
    public async Task Metrics_AtTheAddressOfGrpc_AreNotServed()
    {
        await using var gateway = await GatewayFixture.StartWithoutDestinationAsync();
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        var answer = await client.GetAsync(new Uri($"{gateway.App.Urls.First()}/metrics"), Patience);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<MetricsPage> PageAsync(GatewayFixture gateway) => MetricsPage.ReadAsync(gateway.App.Urls.Last());

    private static async Task<MetricsPage> UntilAsync(GatewayFixture gateway, Func<MetricsPage, bool> condition)
    {
        var patience = Patience;
        while (true)
        {
            var page = await PageAsync(gateway);
            if (condition(page))
            {
                return page;
            }

            await Task.Delay(20, patience);
        }
    }
}
