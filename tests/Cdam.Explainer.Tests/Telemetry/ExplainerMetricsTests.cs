using System.Net;
using Cdam.Explainer.Tests.Running;
using Cdam.Telemetry.Metrics;
using Cdam.V1;
using Grpc.Core;

namespace Cdam.Explainer.Tests.Telemetry;

public sealed class ExplainerMetricsTests
{
    private const string Explain = "cdam.v1.ExplainerService/Explain";

    private static string Calls => $"{StandardMetrics.RpcServerCallDuration.PrometheusName}_count";

    private static readonly CancellationToken Timely = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterCallsOfTwoMethods_GrowByWhatWasDone()
    {
        await using var host = await StartAsync();
        var before = await MetricsPage.ReadAsync(host.HttpAddress);
        for (var call = 0; call < 3; call++)
        {
            await host.Client.ExplainAsync(Request("cdam", "input-x-gradient"), cancellationToken: Timely);
        }

        await host.Client.ExplainAsync(Request("attention"), cancellationToken: Timely);
        var after = await MetricsPage.ReadAsync(host.HttpAddress);

        (string, string) model = ("model", Requests.Dino);
        Assert.Equal(4, Growth(Calls, ("rpc_method", Explain), ("rpc_response_status_code", "OK")));
        Assert.Equal(4, Growth("cdam_queue_duration_seconds_count", model));
        Assert.Equal(4, Growth("cdam_preprocessing_duration_seconds_count", model));
        Assert.Equal(4, Growth("cdam_batch_size_sum", model, ("kind", "explain")));
        Assert.Equal(3, Growth("cdam_explain_duration_seconds_count", model, ("method", "cdam")));
        Assert.Equal(3, Growth("cdam_explain_duration_seconds_count", model, ("method", "input-x-gradient")));
        Assert.Equal(1, Growth("cdam_explain_duration_seconds_count", model, ("method", "attention")));

        // Input × Gradient shares the forward pass that predicts, and carries one target's gradient back.
        Assert.Equal(4, Growth("cdam_forward_passes_total", model));
        Assert.Equal(3, Growth("cdam_backward_passes_total", model));
        Assert.Equal(0, Growth("cdam_forward_passes_total", ("model", Requests.Wide)));
        Assert.True(Growth("cdam_explain_duration_seconds_sum", model) <= Growth("cdam_batch_duration_seconds_sum", model));
        Assert.Equal(0, after.Sum("cdam_queue_depth"));
        Assert.Equal(1, after.Sum("cdam_model_ready", model));
        Assert.InRange(after.Sum("cdam_device_memory_used_bytes", ("device", "cpu")), 1, after.Sum("cdam_device_memory_total_bytes", ("device", "cpu")));

        double Growth(string name, params (string, string)[] labels) => after.Sum(name, labels) - before.Sum(name, labels);
    }

    [Fact]
    public async Task Metrics_FullQueueThenCancelledAndLateCalls_CountEachByItsEnd()
    {
        await using var host = await StartAsync("--Explainer:QueueCapacity=3");
        using var hold = await host.HoldDeviceAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Timely);
        var cancelled = host.Client.ExplainAsync(Request("cdam"), cancellationToken: cancellation.Token).ResponseAsync;
        var late = RawCall.SendAsync(host.Address, Explain, Request("cdam"), "500m");
        var waiting = host.Client.ExplainAsync(Request("cdam"), cancellationToken: Timely).ResponseAsync;
        await Eventually.TrueAsync(() => host.Device.Admitted == 3);
        var full = await MetricsPage.ReadAsync(host.HttpAddress);
        Assert.Equal(3, full.Sum("cdam_queue_depth"));
        Assert.True(full.Sum("cdam_queue_age_seconds") > 0);
        await Assert.ThrowsAsync<RpcException>(() => host.Client.ExplainAsync(Request("cdam"), cancellationToken: Timely).ResponseAsync);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => cancelled);
        await late;
        await Eventually.TrueAsync(() => host.Device.Admitted == 1);
        hold.Dispose();
        await waiting;
        await Assert.ThrowsAsync<RpcException>(() => host.Client.ExplainAsync(Request("no-such-method"), cancellationToken: Timely).ResponseAsync);

        var page = await MetricsPage.ReadAsync(host.HttpAddress);
        Assert.Equal((1, 0), (page.Sum("cdam_queue_refusals_total"), page.Sum("cdam_queue_age_seconds")));
        Assert.Equal(1, page.Sum("cdam_batch_size_sum", ("kind", "explain")));
        foreach (var status in (string[])["OK", "CANCELLED", "DEADLINE_EXCEEDED", "RESOURCE_EXHAUSTED", "INVALID_ARGUMENT"])
        {
            Assert.Equal((status, 1), (status, page.Sum(Calls, ("rpc_method", Explain), ("rpc_response_status_code", status))));
        }

        foreach (var reason in (string[])["cancelled", "deadline"])
        {
            Assert.Equal((reason, 1), (reason, page.Sum("cdam_queue_drops_total", ("reason", reason))));
        }
    }

    [Fact]
    public async Task Metrics_MethodsThatDoNotExist_AreOneName()
    {
        await using var host = await StartAsync();
        foreach (var name in (string[])["One", "Two"])
        {
            var method = new Grpc.Core.Method<ExplainRequest, ExplainResponse>(MethodType.Unary, "cdam.v1.ExplainerService", name,
                Marshallers.Create(_ => (byte[])[], ExplainRequest.Parser.ParseFrom), Marshallers.Create(_ => (byte[])[], ExplainResponse.Parser.ParseFrom));
            var call = host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, new ExplainRequest());
            await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        }

        var page = await MetricsPage.ReadAsync(host.HttpAddress);
        Assert.Equal(2, page.Sum(Calls, ("rpc_method", "_OTHER"), ("rpc_response_status_code", "UNIMPLEMENTED")));
    }

    [Fact]
    public async Task HttpAddress_OfAnExplainer_ServesMetricsAndHealthAndNothingElse()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/healthz/live", UriKind.Relative), Timely)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Timely)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/cdam.v1.ExplainerService/Explain", UriKind.Relative), Timely)).StatusCode);

        // HTTP/2 at the address of gRPC.
        using var grpc = new HttpClient { BaseAddress = new Uri(host.Address), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        Assert.Equal(HttpStatusCode.NotFound, (await grpc.GetAsync(new Uri("/metrics", UriKind.Relative), Timely)).StatusCode);
    }

    [Fact]
    public async Task Ready_OnceTheExplainerDrains_Is503()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };
        host.Registry.Drain();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative), Timely)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/healthz/live", UriKind.Relative), Timely)).StatusCode);
        Assert.Equal(0, (await MetricsPage.ReadAsync(host.HttpAddress)).Sum("cdam_model_ready"));
    }

    private static ExplainRequest Request(params string[] methods) => new()
    {
        Model = Requests.Dino,
        Image = Requests.ReferenceImage,
        Targets = { new Target { Index = 1 } },
        Methods = { methods.Select(name => new MethodSpec { Name = name }) },
    };

    private static Task<RunningExplainer> StartAsync(params string[] options) =>
        RunningExplainer.StartAsync(["--Explainer:ListenHttp=http://127.0.0.1:0", .. options]);
}
