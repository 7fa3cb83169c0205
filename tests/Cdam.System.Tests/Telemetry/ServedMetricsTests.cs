using Cdam.Cli.Models;
using Cdam.Cli.Serving;
using Cdam.Evaluator.Telemetry;
using Cdam.Explainer.Telemetry;
using Cdam.Gateway.Telemetry;
using Cdam.Telemetry.Metrics;
using Cdam.Scenes;
using Cdam.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Telemetry;

/// <summary>What /metrics of the three hosts says where they share a process.</summary>
public sealed class ServedMetricsTests
{
    private const string Calls = "rpc_server_call_duration_seconds_count";
    private const string Requests = "http_server_request_duration_seconds_count";

    /// <summary>What only faults, TLS or a busy server make appear.</summary>
    private static readonly Metric[] Occasional =
    [
        ExplainerMetrics.QueueRefusals, ExplainerMetrics.QueueDrops, ExplainerMetrics.BatchFailures, GatewayMetrics.Retries, GatewayMetrics.Faults,
        EvaluatorMetrics.ExplainerRetries,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_OfThreeHostsInOneProcess_AreEachHostsOwnAndAsDocumented()
    {
        using var folder = new TemporaryFolder();
        var settings = new ServeSettings(null, "http://127.0.0.1:0", "http://127.0.0.1:0", "cpu", [
            "--Logging:LogLevel:Default=None", "--Explainer:ListenHttp=http://127.0.0.1:0", "--Evaluator:ListenHttp=http://127.0.0.1:0",
            $"--Evaluator:Store:Path={Path.Combine(folder.Path, "store.db")}"]);
        await using var hosts = await ServedHosts.Start(settings, [Path.Combine(new ModelLocations().Shipped, "scenes")], Cancellation);
        var addresses = hosts.Addresses.ToDictionary(host => host.Name, host => host.Address);
        using var channel = GrpcChannel.ForAddress(hosts.Gateway);
        for (var call = 0; call < 3; call++)
        {
            await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(
                new ExplainRequest { Model = "models/scenes", Image = Scene(call) }, cancellationToken: Cancellation);
        }

        var passes = await MeasureTwoImagesAsync(new EvaluatorService.EvaluatorServiceClient(channel));
        var gateway = await MetricsPage.ReadAsync(addresses["gateway-http"]);
        var explainer = await MetricsPage.ReadAsync(addresses["explainer-http"]);
        var evaluator = await MetricsPage.ReadAsync(addresses["evaluator-http"]);

        (string, string) explain = ("rpc_method", "cdam.v1.ExplainerService/Explain"), benchmark = ("rpc_method", "cdam.v1.EvaluatorService/RunBenchmark");
        var route = ("http_route", "/cdam.v1.ExplainerService/Explain");
        Assert.Equal((3, 3, 0), (gateway.Sum(Calls, explain), explainer.Sum(Calls, explain), evaluator.Sum(Calls, explain)));
        Assert.Equal((1, 0, 1), (gateway.Sum(Calls, benchmark), explainer.Sum(Calls, benchmark), evaluator.Sum(Calls, benchmark)));
        Assert.True(gateway.Sum("cdam_gateway_calls_total", ("pool", "explainers"), ("code", "OK")) >= 3);
        Assert.Equal(1, gateway.Sum("cdam_gateway_destinations", ("pool", "evaluators"), ("state", "healthy")));
        Assert.Equal((2, passes), (evaluator.Sum("cdam_images_total", ("outcome", "measured")), evaluator.Sum("cdam_session_forward_passes_total", ("plan", "planned"))));
        Assert.Equal(1, evaluator.Sum("cdam_sessions_ended_total", ("state", "succeeded")));

        // The standard measurements go by host, too: a host's are of its own ports and routes.
        foreach (var (name, page) in new[] { ("gateway", gateway), ("explainer", explainer), ("evaluator", evaluator) })
        {
            var ports = addresses.Where(host => host.Key.StartsWith(name, StringComparison.Ordinal)).Select(host => $"{new Uri(host.Value).Port}");
            Assert.Equal(ports.Order(), page.Values("kestrel_active_connections", "server_port"));
        }

        Assert.Equal((0, 3, 0), (gateway.Sum(Requests, route), explainer.Sum(Requests, route), evaluator.Sum(Requests, route)));
        Assert.DoesNotContain("cdam_queue_depth", gateway.Types.Keys);
        AssertDocumented(gateway, GatewayMetrics.All);
        AssertDocumented(explainer, ExplainerMetrics.All);
        AssertDocumented(evaluator, EvaluatorMetrics.All);
    }

    /// <summary>All that the page has is in the lists, under its type; all that a host lists of its own is on the page, once there was an occasion.</summary>
    private static void AssertDocumented(MetricsPage page, IReadOnlyList<Metric> own)
    {
        var documented = StandardMetrics.All.Concat(own).ToDictionary(metric => metric.PrometheusName, metric => metric.Kind.ToString().ToLowerInvariant());
        var strangers = page.Types.Where(entry => entry.Key is not "target_info" and not "otel_scope_info" && documented.GetValueOrDefault(entry.Key) != entry.Value);
        Assert.Empty(strangers);
        var missing = own.Append(StandardMetrics.RpcServerCallDuration).Except(Occasional).Select(metric => metric.PrometheusName).Except(page.Types.Keys);
        Assert.Empty(missing);
    }

    /// <returns>Forward passes that the session tells of.</returns>
    private static async Task<double> MeasureTwoImagesAsync(EvaluatorService.EvaluatorServiceClient evaluator)
    {
        using var upload = evaluator.UploadImages(cancellationToken: Cancellation);
        for (var image = 0; image < 2; image++)
        {
            await upload.RequestStream.WriteAsync(new UploadImagesRequest { Name = $"{image}", Image = Scene(image) }, Cancellation);
        }

        await upload.RequestStream.CompleteAsync();
        var settings = new BenchmarkSettings
        {
            Model = "models/scenes", Source = new BenchmarkSource { ImageSet = (await upload).ImageSet }, Percents = { 0, 50, 100 },
        };
        using var run = evaluator.RunBenchmark(new RunBenchmarkRequest { Settings = settings }, cancellationToken: Cancellation);
        var events = await run.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(BenchmarkState.Succeeded, events[^1].Event.Finished.State);
        return events[^1].Event.Progress.ForwardPasses;
    }

    private static Image Scene(int number)
    {
        var scene = new SceneGenerator(side: 112, seed: 0).Draw(SceneSet.OneObject, (uint)number);
        return new Image { Picture = new Picture { Width = scene.Side, Height = scene.Side, Rgb = ByteString.CopyFrom(scene.Rgb) } };
    }
}
