using System.Text.Json;
using Cdam.Cli.Hosting;
using Cdam.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Cdam.System.Tests.Telemetry;

public sealed class TraceLogTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_OfACallThroughTheGateway_NamesTheClientsTrace()
    {
        using var model = new ReferenceModel("dino-linear");
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Path, "explainer.log");
        await using (var explainer = await HostProcess.Start(
            "Cdam.Explainer", log, ["--Explainer:Listen=http://127.0.0.1:0", $"--Explainer:Models:0={model.Folder}", "--Explainer:Device=cpu"], Cancellation))
        await using (var gateway = await HostProcess.Start(
            "Cdam.Gateway", Path.Combine(folder.Path, "gateway.log"),
            ["--Gateway:Listen=http://127.0.0.1:0", "--Gateway:ListenHttp=", $"--ReverseProxy:Clusters:explainers:Destinations:one:Address={explainer.Address}"], Cancellation))
        {
            await Readiness.Wait(explainer.Address, "", Cancellation);
            using var channel = GrpcChannel.ForAddress(gateway.Address);
            await new ExplainerService.ExplainerServiceClient(channel).ExplainAsync(
                new ExplainRequest { Model = model.Name, Image = model.Image, RequestId = "mine" },
                new Metadata { { "traceparent", $"00-{Trace}-00f067aa0ba902b7-01" } }, cancellationToken: Cancellation);
        }

        var line = File.ReadLines(log).Single(line => line.Contains("request mine", StringComparison.Ordinal));
        using var entry = JsonDocument.Parse(line);
        var scopes = entry.RootElement.GetProperty("Scopes").EnumerateArray().Where(scope => scope.ValueKind == JsonValueKind.Object);
        Assert.Contains(scopes, scope => scope.TryGetProperty("TraceId", out var trace) && trace.GetString() == Trace);
        Assert.EndsWith("+00:00", entry.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
    }
}
