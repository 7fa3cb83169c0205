using Cdam.Cli.Models;
using Cdam.Explainer;
using Cdam.Gateway;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Cdam.System.Tests.Telemetry;

/// <summary>Traces across real hosts on sockets, as a collector receives them.</summary>
public sealed class TraceTests
{
    private const string ExplainStream = "cdam.v1.ExplainerService/ExplainStream";
    private const string GetModel = "cdam.v1.ExplainerService/GetModel";
    private const int Server = 2;
    private const int Client = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Explain_FromTheCommandLine_IsOneTraceDownToTheDevice()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var output = new TemporaryFolder();
        await using var explainer = await StartExplainerAsync(collector.Arguments);
        await using var gateway = await StartGatewayAsync(explainer, collector.Arguments);
        var picture = Path.Combine(AppContext.BaseDirectory, "Samples", "still-life.jpg");

        var result = await CommandLine.Cdam(
            collector.Variables, "explain", picture, "--server", gateway.Urls.First(), "--model", "scenes", "--out", output.Path);
        Assert.True(result.ExitCode == 0, result.Error);

        // The spans around the others end last.
        var root = await collector.WaitForAsync("cdam-cli", "cdam explain");
        var atGateway = await collector.WaitForAsync("cdam-gateway", ExplainStream);
        var atExplainer = await collector.WaitForAsync("cdam-explainer", ExplainStream);
        var trace = collector.Spans.Where(span => span.Trace == root.Trace).ToList();
        var forward = trace.Single(span => span.Name == "forward" && span.Parent == atGateway.Id);
        var explain = trace.Single(span => span.Name == "explain");

        Assert.Equal("", root.Parent);
        Assert.Equal((root.Id, Server), (atGateway.Parent, atGateway.Kind));
        Assert.Equal((Client, "explainers", "one"), (forward.Kind, forward.Attributes["cdam.pool"], forward.Attributes["cdam.destination"]));
        Assert.Equal((forward.Id, Server), (atExplainer.Parent, atExplainer.Kind));
        Assert.Equal((atExplainer.Id, "cdam-explainer"), (explain.Parent, explain.Service));
        foreach (var call in (ReceivedSpan[])[atGateway, atExplainer])
        {
            Assert.Equal(("grpc", ExplainStream, "OK"), (call.Attributes["rpc.system.name"], call.Attributes["rpc.method"], call.Attributes["rpc.response.status_code"]));
            Assert.Equal("POST", call.Attributes["http.request.method"]);
        }

        var (preprocess, queue, device) = (Child("preprocess"), Child("queue"), Child("device"));
        Assert.Equal(("models/scenes", "cdam", "1"), (device.Attributes["cdam.model"], device.Attributes["cdam.methods"], device.Attributes["cdam.batch.size"]));
        Assert.True(explain.Start <= preprocess.Start && preprocess.End <= queue.End);
        Assert.Equal(queue.End, device.Start);
        Assert.True(device.Start < device.End);

        // Three hosts' worth of listeners in this process, and each span was exported once.
        Assert.Equal(collector.Spans.Count, collector.Spans.DistinctBy(span => span.Id).Count());

        ReceivedSpan Child(string name) => trace.Single(span => span.Name == name && span.Parent == explain.Id);
    }

    [Fact]
    public async Task Call_ThroughAGatewayThatExportsNothing_KeepsItsTrace()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var explainer = await StartExplainerAsync(collector.Arguments);
        await using var gateway = await StartGatewayAsync(explainer);
        using var channel = GrpcChannel.ForAddress(gateway.Urls.First());
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        await new ExplainerService.ExplainerServiceClient(channel).GetModelAsync(
            new GetModelRequest { Name = "models/scenes" }, new Metadata { { "traceparent", $"00-{Trace}-00f067aa0ba902b7-01" }, { "tracestate", "vendor=value" } },
            cancellationToken: Cancellation);

        var call = await collector.WaitForAsync("cdam-explainer", GetModel);
        Assert.Equal(Trace, call.Trace);
        Assert.DoesNotContain(collector.Spans, span => span.Service == "cdam-gateway");
    }

    [Fact]
    public async Task Call_ThatClientsDoNotWantTraced_IsNot()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var explainer = await StartExplainerAsync(collector.Arguments);
        await using var gateway = await StartGatewayAsync(explainer, collector.Arguments);
        using var channel = GrpcChannel.ForAddress(gateway.Urls.First());
        var client = new ExplainerService.ExplainerServiceClient(channel);
        var request = new GetModelRequest { Name = "models/scenes" };

        await client.GetModelAsync(request, new Metadata { { "traceparent", "00-11111111111111111111111111111111-2222222222222222-00" } }, cancellationToken: Cancellation);
        await client.GetModelAsync(request, cancellationToken: Cancellation);

        // The second call's are there, so the first one's would be.
        await collector.WaitForAsync("cdam-explainer", GetModel);
        await collector.WaitForAsync("cdam-gateway", GetModel);
        Assert.DoesNotContain(collector.Spans, span => span.Trace == "11111111111111111111111111111111");
    }

    [Fact]
    public async Task MetricsAndLogs_OfTwoHosts_AreExportedBesideTheirTraces()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var explainer = await StartExplainerAsync([.. collector.Arguments, "--Logging:LogLevel:Default=Information"]);
        await using var gateway = await StartGatewayAsync(explainer, collector.Arguments);
        using var channel = GrpcChannel.ForAddress(gateway.Urls.First());
        var picture = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Samples", "still-life.jpg"), Cancellation);

        await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(
            new ExplainRequest { Model = "models/scenes", RequestId = "to-be-logged", Image = new Image { Encoded = Google.Protobuf.ByteString.CopyFrom(picture) } },
            cancellationToken: Cancellation);

        await collector.WaitForAsync("metrics", "cdam-gateway", "cdam.gateway.calls");
        await collector.WaitForAsync("metrics", "cdam-explainer", "cdam.explain.duration");
        await collector.WaitForAsync("metrics", "cdam-explainer", "rpc.server.call.duration");
        await collector.WaitForAsync("logs", "cdam-explainer", "to-be-logged");
    }

    private static async Task<WebApplication> StartExplainerAsync(params string[] more)
    {
        var app = ExplainerHost.Build([
            "--Explainer:Listen=http://127.0.0.1:0", "--Explainer:Device=cpu", "--Logging:LogLevel:Default=None", "--Explainer:WarmUp=false",
            $"--Explainer:Models:0={Path.Combine(new ModelLocations().Shipped, "scenes")}", .. more,
        ]);
        await app.StartAsync(Cancellation);
        return app;
    }

    private static async Task<WebApplication> StartGatewayAsync(WebApplication explainer, params string[] more)
    {
        var app = GatewayHost.Build([
            "--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", "--Logging:LogLevel:Default=None",
            $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer.Urls.First()}", .. more,
        ]);
        await app.StartAsync(Cancellation);
        return app;
    }
}
